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

@testable import NetworkingKinds

@Suite("FloatingIP at a simulated site", .timeLimit(.minutes(3)))
struct FloatingIPScenarioTests {
    typealias World = SiteWorld<FloatingIPReconciler>

    static let plain: JSON = ["site": "stuttgart", "externalNetwork": "Automatic", "deletionPolicy": "Delete"]
    static let everything = plain.merging(["port": "first", "fixedAddress": "10.0.0.5"])

    static let kind = SiteKind(
        FloatingIP.kind, thing: "floatingip", plain: plain, everything: everything,
        update: ["port": "second", "fixedAddress": .null],
        refusals: [
            "spec.site": ["site": "ulm"], "spec.externalNetwork": ["externalNetwork": "other"],
            "spec.address": ["address": "198.18.9.9"],
            "spec.virtualMachine": ["port": "first", "virtualMachine": "web"],
        ],
        reconciler: { FloatingIPReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let address = try await address(world)
            let status = try await world.object().status
            return address.fixedIPAddress == "10.0.0.5" && status?["address"]?.string == address.address
                && status?["router"] == "edge" && status?["state"] == "ACTIVE"
        },
        isUpdated: { try await address($0).fixedIPAddress == "10.0.0.6" },
        foreign: { world in
            let neutron = try world.project.neutron
            let outside = try await neutron.networks(["router:external": "true"]).first?.id ?? ""
            return try await neutron.createFloatingIP(.init(networkID: outside, description: "theirs")).id
        },
        remove: { try await $0.project.neutron.deleteFloatingIP($1) }
    ).with {
        $0.prepare = prepare
        $0.rejections = [
            "ExternalNetworkNotOffered": plain.merging(["externalNetwork": "nowhere"]),
            "Forbidden": plain.merging(["address": "198.18.9.9"]),
            "InterfaceNotFound": plain.merging(["virtualMachine": "web", "interface": 7]),
        ]
        $0.otherThanForeign = everything
        $0.drift = ("spec.port", { _ = try await $0.project.neutron.updateFloatingIP($1, ["port_id": .null]) })
    }

    /// Ports in a network that leads out, a server with one of them, and a port in a network that leads nowhere.
    @Sendable static func prepare(_ world: World) async throws {
        try await world.putPlace()
        let neutron = try world.project.neutron
        let outside = try await neutron.networks(["router:external": "true"]).first?.id ?? ""
        let router = try await neutron.createRouter(
            .init(name: "edge", description: "prepared", gateway: .init(networkID: outside)))
        try await world.put(.router, "edge", spec: ["site": "stuttgart"], status: ["id": .string(router.id)])
        var ports: [String: JSON] = [:]
        for (name, range) in [("lan", "10.0.0.0/24"), ("island", "10.8.0.0/24")] {
            let network = try await neutron.createNetwork(.init(name: name, description: "prepared"))
            let subnet = try await neutron.createSubnet(
                .init(networkID: network.id, cidr: range, description: "prepared"))
            if name == "lan" { _ = try await neutron.addInterface(ofSubnet: subnet.id, toRouter: router.id) }
            let addresses = name == "lan" ? ["first": "10.0.0.5", "second": "10.0.0.6"] : ["lonely": "10.8.0.5"]
            for (port, address) in addresses {
                var wish = Neutron.NewPort(networkID: network.id, description: "prepared")
                wish.fixedIPs = [.init(ipAddress: address)]
                ports[port] = .string(try await neutron.createPort(wish).id)
                try await world.put(.port, port, status: ["id": ports[port] ?? ""])
            }
        }
        try await world.put(
            .virtualMachine, "web", status: ["id": "s", "ports": [["name": "eth0", "id": ports["second"] ?? ""]]])
    }

    static func address(_ world: World) async throws -> Neutron.FloatingIP {
        try await world.project.neutron.floatingIP(try await world.object().status?["id"]?.string ?? "")
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }

    @Test("moves to a server with one call, and stays where it is until there is one")
    func moves() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.everything)
            let before = try await Self.address(world)
            world.site.forgetCalls()
            try await world.edit(["port": .null, "fixedAddress": .null, "virtualMachine": "absent"])
            try await world.bench.rest(Self.kind.key)
            #expect(try await world.object().condition("Ready")?.reason == "Waiting")
            #expect(try await Self.address(world).portID == before.portID)
            try await world.edit(["virtualMachine": "web"])
            try await world.bench.rest(Self.kind.key)
            let after = try await Self.address(world)
            #expect(after.address == before.address && after.fixedIPAddress == "10.0.0.6")
            #expect(world.writes.count == 1)
        }
    }

    @Test("stays with the project when it is to be retained")
    func retains() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.plain.merging(["deletionPolicy": "Retain"]))
            let id = try await Self.address(world).id
            try await world.bench.delete(Self.kind.key)
            #expect(try await world.bench.object(Self.kind.key) == nil)
            #expect(try await world.project.neutron.floatingIP(id).description == "")
        }
    }

    @Test("is led to its port once a router leads there")
    func routedLater() async throws {
        try await World.run(Self.kind) { world in
            try await world.prepare()
            try await world.put(Self.plain.merging(["port": "lonely"]))
            try await world.bench.runPass(Self.kind.key)
            #expect(try await world.object().condition("Ready")?.reason == "NotRouted")
            let neutron = try world.project.neutron
            let subnet = try #require(try await neutron.subnets(["cidr": "10.8.0.0/24"]).first)
            let router = try #require(try await neutron.routers().first)
            _ = try await neutron.addInterface(ofSubnet: subnet.id, toRouter: router.id)
            try await world.bench.rest(Self.kind.key)
            try await world.requireReady()
        }
    }
}
