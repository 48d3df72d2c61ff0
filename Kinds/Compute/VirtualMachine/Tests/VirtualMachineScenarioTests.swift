// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStack
import OpenStackSimulator
import Reconciling
import ReconcilingTesting
import Resources
import Schemas
import SiteKindContract
import SiteKinds
import TestTime
import Testing

@testable import ComputeKinds

@Suite("VirtualMachine at a simulated site", .timeLimit(.minutes(3)))
struct VirtualMachineScenarioTests {
    typealias World = SiteWorld<VirtualMachineReconciler>

    static let plain: JSON = [
        "site": "stuttgart", "flavor": "SCS-1V-2", "image": .string(image), "networks": [["port": "plug"]],
    ]
    static let everything = plain.merging([
        "rootDisk": ["sizeGiB": 30], "sshKeys": ["anna"], "userData": "#cloud-config\n", "floatingIP": [:],
        "powerState": "Stopped", "metadata": ["team": "shop"],
        "volumes": [["name": "logs"], ["name": "data"]], "openstack": ["configDrive": true],
    ])
    /// An image that the recorded site has.
    static let image = "Debian 12"
    static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f anna"

    static let kind = SiteKind(
        VirtualMachine.kind, thing: "server", plain: plain, everything: everything,
        update: [
            "powerState": "Running", "metadata": ["team": "bar"], "floatingIP": .null, "volumes": [["name": "data"]],
        ],
        refusals: [
            "spec.flavor": ["flavor": "SCS-2V-4"], "spec.image": ["image": "x"], "spec.site": ["site": "ulm"],
        ],
        reconciler: { VirtualMachineReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let server = try await server(world)
            let names = try await volumes(world)
            let port = try await world.bench.server.get(.port, plug).status?["id"]?.string
            let addresses = try await world.project.neutron.floatingIPs()
            return server.status == .shutoff && server.metadata?["team"] == "shop" && server.keyName == "anna"
                && addresses.map(\.portID) == [port] && world.counts["volume"] == 1 && names == ["data", "logs"]
        },
        isUpdated: { world in
            let server = try await server(world)
            let names = try await volumes(world)
            return server.status == .active && server.metadata?["team"] == "bar" && world.counts["floatingip"] == nil
                && names == ["data"]
        },
        foreign: { world in
            let site = try await world.bench.server.get(.site, ObjectKey(organization: "", name: "stuttgart"))
            let port = try await world.bench.server.get(.port, plug).status?["id"]?.string ?? ""
            let offers = SiteOffers(site)
            var server = Nova.NewServer(
                name: "Prod DB", flavor: offers.flavor("SCS-1V-2")?.id ?? "", networks: [.port(port)])
            server.blockDevices = [.rootVolume(image: offers.image(image)?.id ?? "", size: 20)]
            return try await world.project.nova.createServer(server).id
        },
        remove: { try await $0.project.nova.deleteServer($1) }
    ).with {
        $0.prepare = prepare
        $0.reasonWhenGone = "Gone"
        $0.rejections = ["NotOffered": plain.merging(["flavor": "SCS-99V"])]
        $0.otherThanForeign = plain.merging(["flavor": "SCS-2V-4"])
        $0.drift = ("spec.metadata", { try await $0.project.nova.setMetadata(["team": "theirs"], ofServer: $1) })
    }

    static let plug = ObjectKey(organization: "acme", namespace: "demo", name: "plug")

    /// A Port in a network with a way out, and a key.
    @Sendable static func prepare(_ world: World) async throws {
        try await world.putPlace()
        let neutron = try world.project.neutron
        let network = try await neutron.createNetwork(.init(name: "lan", description: "prepared"))
        let subnet = try await neutron.createSubnet(
            .init(networkID: network.id, cidr: "10.0.0.0/24", description: "prepared"))
        let outside = try await neutron.networks(["router:external": "true"]).first?.id ?? ""
        let router = try await neutron.createRouter(
            .init(name: "out", description: "prepared", gateway: .init(networkID: outside)))
        _ = try await neutron.addInterface(ofSubnet: subnet.id, toRouter: router.id)
        let port = try await neutron.createPort(.init(networkID: network.id, description: "prepared"))
        try await world.put(.port, "plug", spec: ["network": "lan"], status: ["id": .string(port.id)])
        for name in ["data", "logs"] {
            let volume = try await world.project.cinder.createVolume(.init(name: name, size: 1))
            try await world.put(.volume, name, spec: ["site": "stuttgart"], status: ["id": .string(volume.id)])
        }
        _ = try await world.project.nova.createKeypair(name: "anna", publicKey: key)
        let sites: JSON = [["name": "stuttgart", "id": "anna", "ready": true]]
        try await world.put(.sshKey, "anna", spec: ["publicKey": .string(key)], status: ["sites": sites])
    }

    static func server(_ world: World) async throws -> Nova.Server {
        try await world.project.nova.server(try await world.object().status?["id"]?.string ?? "")
    }

    /// The names of the prepared volumes that a server has.
    static func volumes(_ world: World) async throws -> [String] {
        try await world.project.cinder.volumes().filter { $0.status == .inUse && $0.name != "" }.compactMap(\.name)
            .sorted()
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }

    @Test("says that the network has no router, and goes on once it has one")
    func noRouter() async throws {
        try await World.run(Self.kind) { world in
            try await world.prepare()
            let neutron = try world.project.neutron
            let router = try #require(try await neutron.routers(["name": "out"]).first)
            let subnet = try #require(try await neutron.subnets(["cidr": "10.0.0.0/24"]).first)
            _ = try await neutron.removeInterface(ofSubnet: subnet.id, fromRouter: router.id)
            try await world.put(Self.plain.merging(["floatingIP": [:]]))
            try await world.bench.rest(Self.kind.key)
            let ready = try await world.object().condition("Ready")
            #expect(ready?.reason == "NoRouter" && ready?.message.contains("to be fixed by you") == true)
            _ = try await neutron.addInterface(ofSubnet: subnet.id, toRouter: router.id)
            try await world.bench.settlesAndThenDoesNothing(Self.kind.key)
            #expect(world.counts["floatingip"] == 1)
        }
    }
}
