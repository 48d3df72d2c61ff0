// SPDX-License-Identifier: Apache-2.0

import OpenStack
import Synchronization

/// Makes things for a check, each with a mark of its own, and takes them away again in the opposite order.
final class Workbench: Sendable {
    let site: ContractSite
    /// Unlike every other bench's.
    let mark: String

    private let cleanups = Mutex<[@Sendable () async throws -> Void]>([])

    private init(_ site: ContractSite) {
        self.site = site
        mark = "scs:contract-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    }

    /// Runs a check on a bench and cleans up, whatever becomes of the check.
    static func use(_ site: ContractSite, _ body: (Workbench) async throws -> Void) async throws {
        let bench = Workbench(site)
        let failure: (any Error)?
        do {
            try await body(bench)
            failure = nil
        } catch {
            failure = error
        }
        try await bench.clean(after: failure)
    }

    /// Remembers what undoes a creation; what is already gone then is no failure.
    func after(_ cleanup: @escaping @Sendable () async throws -> Void) { cleanups.withLock { $0.append(cleanup) } }

    private func clean(after failure: (any Error)?) async throws {
        var failure = failure
        for cleanup in cleanups.withLock({ $0.reversed() }) {
            do {
                try await cleanup()
            } catch let error as OpenStackError where error.code == .notFound {
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }
}

extension Workbench {
    func network() async throws -> Neutron.Network {
        let network = try await site.neutron.createNetwork(.init(name: "contract", description: mark))
        after { [site] in try await site.neutron.deleteNetwork(network.id) }
        return network
    }

    func subnet(in network: Neutron.Network) async throws -> Neutron.Subnet {
        let subnet = try await site.neutron.createSubnet(
            .init(networkID: network.id, cidr: "10.213.0.0/24", description: mark))
        after { [site] in try await site.neutron.deleteSubnet(subnet.id) }
        return subnet
    }

    func port(in network: Neutron.Network, securityGroups: [String]? = nil) async throws -> Neutron.Port {
        let port = try await site.neutron.createPort(
            .init(networkID: network.id, description: mark, securityGroups: securityGroups))
        after { [site] in try await site.neutron.deletePort(port.id) }
        return port
    }

    func securityGroup() async throws -> Neutron.SecurityGroup {
        let group = try await site.neutron.createSecurityGroup(.init(name: "contract", description: mark))
        after { [site] in try await site.neutron.deleteSecurityGroup(group.id) }
        return group
    }

    /// SSH from 10.1.2.3/8, which is a way to write 10.0.0.0/8.
    func rule(in group: Neutron.SecurityGroup) -> Neutron.NewSecurityGroupRule {
        var rule = Neutron.NewSecurityGroupRule(securityGroupID: group.id, direction: "ingress", description: mark)
        rule.protocol = "tcp"
        rule.portRangeMin = 22
        rule.portRangeMax = 22
        rule.remoteIPPrefix = "10.1.2.3/8"
        return rule
    }

    func router() async throws -> Neutron.Router {
        let gateway = Neutron.Gateway(networkID: try await site.externalNetwork().id)
        let router = try await site.neutron.createRouter(
            .init(name: "contract", description: mark, gateway: gateway))
        after { [site] in try await site.neutron.deleteRouter(router.id) }
        return router
    }

    func attach(_ router: Neutron.Router, to subnet: Neutron.Subnet) async throws -> Neutron.RouterInterface {
        let interface = try await site.neutron.addInterface(ofSubnet: subnet.id, toRouter: router.id)
        after { [site] in try await site.neutron.removeInterface(ofSubnet: subnet.id, fromRouter: router.id) }
        return interface
    }

    func floatingIP(for port: Neutron.Port) async throws -> Neutron.FloatingIP {
        let address = try await site.neutron.createFloatingIP(
            .init(networkID: try await site.externalNetwork().id, description: mark, portID: port.id))
        after { [site] in try await site.neutron.deleteFloatingIP(address.id) }
        return address
    }

    func keypair() async throws -> Nova.Keypair {
        let name = mark.replacing(":", with: "-")
        let keypair = try await site.nova.createKeypair(name: name, publicKey: Self.publicKey)
        after { [site] in try await site.nova.deleteKeypair(name) }
        return keypair
    }

    /// Made for this place; nobody has the other half.
    static let publicKey =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGLpWPNsBCn1dcbyWgNaQwG8oqAxtZdGdkRDeXNhFRoP contract"

    /// A server that is ACTIVE; its cleanup waits until it is gone.
    func server(_ server: Nova.NewServer) async throws -> Nova.Server {
        var server = server
        server.tags = [mark]
        server.metadata = ["mark": mark]
        let id = try await site.nova.createServer(server).id
        after { [self] in try await removeServer(id) }
        return try await settled(id, .active)
    }

    /// Waits until a server has a status and is busy no longer.
    func settled(_ id: String, _ status: Nova.Server.Status) async throws -> Nova.Server {
        try await site.eventually("server is \(status)") { [site] in
            let server = try await site.nova.server(id)
            if server.status == .error, status != .error {
                throw ContractFailure("server is ERROR: \(server.fault?.message ?? "no fault")")
            }
            return server.status == status && server.taskState == nil ? server : nil
        }
    }

    /// Deletes a server and waits for the 404.
    func removeServer(_ id: String) async throws {
        try await site.nova.deleteServer(id)
        _ = try await site.eventually("deleted server is 404") { [site] () -> OpenStackError? in
            do {
                _ = try await site.nova.server(id)
                return nil
            } catch let error as OpenStackError where error.code == .notFound {
                return error
            }
        }
    }
}
