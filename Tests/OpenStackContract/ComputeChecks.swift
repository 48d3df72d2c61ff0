// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack

extension ContractCheck {
    static let compute = [
        ContractCheck("a keypair of a taken name is 409", keypairConflict409),
        ContractCheck("a diskless flavor with an image is 403", disklessFlavorWithImageIs403),
        ContractCheck("more than the quota is 403, and may succeed later", quota403),
        ContractCheck("a flavor that is not there is 400", absentFlavorIs400),
        ContractCheck("a server lives: made, found, stopped, started, gone", serverLives),
        ContractCheck("a port serves one server at a time", portServesOneServer),
        ContractCheck("limits tell quota and use", limitsTell),
    ]

    private static func keypairConflict409(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let keypair = try await bench.keypair()
            _ = try await site.refusal("the same keypair", .conflict, status: 409) {
                try await site.nova.createKeypair(name: keypair.name, publicKey: keypair.publicKey)
            }
            let names = try await site.nova.keypairs().map(\.name)
            try require(names.contains(keypair.name), "the list holds it, holds \(names)")
            try await site.nova.deleteKeypair(keypair.name)
            _ = try await site.refusal("the deleted keypair", .notFound, status: 404) {
                try await site.nova.keypair(keypair.name)
            }
        }
    }

    private static func disklessFlavorWithImageIs403(_ site: ContractSite) async throws {
        let image = try await site.image()
        let flavor = try await site.flavor(for: image, diskless: true)
        let error = try await site.refusal("an image on a flavor without disk", .forbidden, status: 403) {
            try await site.nova.createServer(.init(name: "contract", flavor: flavor.id, image: image.id))
        }
        try require(!error.isTransient, "only another wish helps")
    }

    private static func quota403(_ site: ContractSite) async throws {
        let image = try await site.image()
        let flavor = try await site.flavor(for: image, diskless: false)
        let most = try await site.nova.limits().maxInstances
        let error = try await site.refusal("one server more than the quota", .quotaExceeded, status: 403) {
            try await site.nova.createServer(
                .init(name: "contract", flavor: flavor.id, image: image.id),
                native: JSONObject([("min_count", .integer(Int64(most) + 1))]))
        }
        try require(error.isTransient && !error.isAmbiguous, "a quota may be raised, and nothing was made")
    }

    private static func absentFlavorIs400(_ site: ContractSite) async throws {
        let image = try await site.image()
        _ = try await site.refusal("an absent flavor", .invalid, status: 400) {
            try await site.nova.createServer(.init(name: "contract", flavor: "no-such-flavor", image: image.id))
        }
    }

    private static func serverLives(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let network = try await bench.network()
            _ = try await bench.subnet(in: network)
            let group = try await bench.securityGroup()
            let port = try await bench.port(in: network, securityGroups: [group.id])
            let image = try await site.image()
            let flavor = try await site.flavor(for: image, diskless: false)
            var wish = Nova.NewServer(
                name: "contract", flavor: flavor.id, image: image.id, networks: [.port(port.id)])
            wish.keyName = try await bench.keypair().name
            wish.userData = "I2Nsb3VkLWNvbmZpZwo="
            let server = try await bench.server(wish)
            try await examine(server, at: port, bench)
            try await stopAndStart(server, bench)
            try await remove(server, at: port, bench)
        }
    }

    private static func examine(_ server: Nova.Server, at port: Neutron.Port, _ bench: Workbench) async throws {
        let nova = bench.site.nova
        let found = try await nova.servers(["tags": bench.mark])
        try require(found.map(\.id) == [server.id], "it is found by its mark, found \(found.map(\.id))")
        try require(server.metadata == ["mark": bench.mark], "it has its metadata")
        let addresses = (server.addresses ?? [:]).values.flatMap { $0.map(\.address) }
        try require(addresses == port.fixedIPs.compactMap(\.ipAddress), "its address is the port's, is \(addresses)")
        let interfaces = try await nova.interfaces(ofServer: server.id)
        try require(interfaces.map(\.portID) == [port.id], "its interface is the port")
        let bound = try await bench.site.neutron.ports(["device_id": server.id])
        try require(bound.map(\.id) == [port.id], "the port is found by the server's id")
        try require(bound.first?.status == .active, "the port is ACTIVE")
        let action = try require(try await nova.actions(ofServer: server.id).first, "its creation is an action")
        let events = try await nova.action(action.requestID, ofServer: server.id).events
        try require(action.action == "create" && events?.isEmpty == false, "the action has events")
    }

    private static func stopAndStart(_ server: Nova.Server, _ bench: Workbench) async throws {
        let nova = bench.site.nova
        try await nova.stopServer(server.id)
        _ = try await bench.settled(server.id, .shutoff)
        let error = try await bench.site.refusal("stopping it twice", .conflict, status: 409) {
            try await nova.stopServer(server.id)
        }
        try require(error.isTransient, "a busy server is free later")
        try await nova.startServer(server.id)
        _ = try await bench.settled(server.id, .active)
        try await nova.setMetadata(["other": "2"], ofServer: server.id)
        try require(try await nova.server(server.id).metadata == ["other": "2"], "metadata that is not named goes")
    }

    private static func remove(_ server: Nova.Server, at port: Neutron.Port, _ bench: Workbench) async throws {
        let nova = bench.site.nova
        try await bench.removeServer(server.id)
        let left = try await bench.site.neutron.port(port.id)
        try require(left.deviceID == "", "the port made before stays and is free")
        let since = try require(server.created, "it has a time of creation")
        let row = try await nova.servers(["changes-since": since]).first { $0.id == server.id }
        try require(
            row?.status == .deleted,
            "the since-list holds it as DELETED, holds \(row.map { "\($0.status)" } ?? "nothing")")
        try require(row?.tags?.isEmpty == true, "its tags are gone")
        let actions = try await nova.actions(ofServer: server.id).map(\.action)
        try require(actions.first == "delete" && actions.last == "create", "its actions stay, are \(actions)")
    }

    private static func portServesOneServer(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let network = try await bench.network()
            _ = try await bench.subnet(in: network)
            let port = try await bench.port(in: network)
            let image = try await site.image()
            let flavor = try await site.flavor(for: image, diskless: false)
            let wish = Nova.NewServer(
                name: "contract", flavor: flavor.id, image: image.id, networks: [.port(port.id)])
            _ = try await bench.server(wish)
            _ = try await site.refusal("a second server at the port", .conflict, status: 409) {
                try await site.nova.createServer(wish)
            }
        }
    }

    private static func limitsTell(_ site: ContractSite) async throws {
        let limits = try await site.nova.limits()
        try require(limits.maxCores > 0 && limits.coresUsed >= 0, "cores are limited")
        let quota = try await site.neutron.quota(ofProject: try await site.project.id)
        _ = try require(quota["network"], "networks are counted")
        try require(try await site.cinder.limits().maxVolumes > 0, "volumes are limited")
    }
}
