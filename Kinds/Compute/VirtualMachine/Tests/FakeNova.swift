// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import SiteKinds
import Synchronization

@testable import ComputeKinds

/// A compute service in memory: servers are built at once, and a call can be made to fail.
final class FakeNova: Sendable {
    struct World: Sendable {
        var servers: [Nova.Server] = []
        var requests: [Nova.NewServer] = []
        var floatingIPs: [Neutron.FloatingIP] = []
        var journal: [String] = []
        var failures: [String: OpenStackError] = [:]
        /// What a new server is.
        var status: Nova.Server.Status = .active
        var count = 0
    }

    private let state = Mutex(World())

    var world: World { state.withLock { $0 } }
    func edit(_ change: (inout sending World) -> Void) { state.withLock { change(&$0) } }

    static func error(_ code: OpenStackError.Code, _ said: String = "no") -> OpenStackError {
        OpenStackError(
            code, Call("create server", .compute, .post, "/servers"), said: said, requestID: "req-1")
    }

    private func call<Value: Sendable>(
        _ name: String, _ body: (inout World) throws -> Value
    ) throws -> Value {
        try state.withLock { world in
            world.journal.append(name)
            if let failure = world.failures.removeValue(forKey: name) { throw failure }
            return try body(&world)
        }
    }

    var cloud: VirtualMachineCloud {
        VirtualMachineCloud(
            server: { _, id in try self.find(id) },
            servers: { _, query in
                let tag = query.items.first?.value ?? ""
                return self.world.servers.filter { $0.tags?.contains(tag) == true }
            },
            createServer: { _, request in try self.create(request) },
            deleteServer: { _, id in
                try self.call("delete server") { world in world.servers.removeAll { $0.id == id } }
            },
            startServer: { _, id in try self.set(id, "start server") { $0.status = .active } },
            stopServer: { _, id in try self.set(id, "stop server") { $0.status = .shutoff } },
            setMetadata: { _, id, metadata in try self.set(id, "set metadata") { $0.metadata = metadata } },
            attachVolume: { _, id, volume in
                try self.set(id, "attach volume") { $0.volumes = ($0.volumes ?? []) + [.init(id: volume)] }
            },
            detachVolume: { _, id, volume in
                try self.set(id, "detach volume") { $0.volumes?.removeAll { $0.id == volume } }
            },
            actions: { _, _ in [try Self.failedAction] },
            floatingIP: { _, id in
                guard let found = self.world.floatingIPs.first(where: { $0.id == id }) else {
                    throw Self.error(.notFound)
                }
                return found
            },
            floatingIPs: { _, _ in self.world.floatingIPs },
            createFloatingIP: { _, request in
                try self.call("create floating IP") { world in
                    let tree: JSON = [
                        "id": "fip-1", "floating_ip_address": "203.0.113.5",
                        "floating_network_id": .string(request.networkID), "port_id": .string(request.portID ?? ""),
                    ]
                    let made = try tree.decode(Neutron.FloatingIP.self)
                    world.floatingIPs.append(made)
                    return made
                }
            },
            deleteFloatingIP: { _, id in
                try self.call("delete floating IP") { world in world.floatingIPs.removeAll { $0.id == id } }
            })
    }

    private static var failedAction: Nova.InstanceAction {
        get throws {
            let tree: JSON = ["action": "create", "request_id": "req-42", "message": "Error"]
            return try tree.decode(Nova.InstanceAction.self)
        }
    }

    private func find(_ id: String) throws -> Nova.Server {
        guard let server = world.servers.first(where: { $0.id == id }) else { throw Self.error(.notFound) }
        return server
    }

    private func create(_ request: Nova.NewServer) throws -> String {
        try call("create server") { world in
            world.count += 1
            var server = Nova.Server(id: "server-\(world.count)", name: request.name, status: world.status)
            server.tags = request.tags
            server.metadata = request.metadata
            world.requests.append(request)
            world.servers.append(server)
            return server.id
        }
    }

    private func set(_ id: String, _ name: String, _ change: (inout Nova.Server) -> Void) throws {
        try call(name) { world in
            guard let index = world.servers.firstIndex(where: { $0.id == id }) else { throw Self.error(.notFound) }
            change(&world.servers[index])
        }
    }
}
