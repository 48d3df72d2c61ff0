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

@Suite("Port at a simulated site", .timeLimit(.minutes(3)))
struct PortScenarioTests {
    typealias World = SiteWorld<PortReconciler>

    static let plain: JSON = ["network": "lan", "portSecurity": true]
    static let everything: JSON = [
        "network": "lan", "portSecurity": true, "securityGroups": ["web"], "macAddress": "fa:16:3e:aa:00:02",
        "fixedIPs": [["subnet": "a", "address": "10.0.0.5"]], "allowedAddressPairs": [["address": "10.0.0.9"]],
    ]

    static let kind = SiteKind(
        Port.kind, thing: "port", plain: plain, everything: everything,
        update: ["securityGroups": [], "allowedAddressPairs": .null],
        refusals: [
            "spec.network": ["network": "other"], "spec.macAddress": ["macAddress": "fa:16:3e:aa:00:03"],
            "spec.securityGroups": ["portSecurity": false, "securityGroups": ["web"]],
        ],
        reconciler: { PortReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let port = try await port(world)
            return port.macAddress == "fa:16:3e:aa:00:02" && port.fixedIPs.map(\.ipAddress) == ["10.0.0.5"]
                && port.securityGroups?.count == 1 && port.allowedAddressPairs?.map(\.ipAddress) == ["10.0.0.9"]
        },
        isUpdated: { world in
            let port = try await port(world)
            return port.securityGroups == [] && port.allowedAddressPairs == []
        },
        foreign: { world in
            let network = try await world.project.neutron.networks(["name": "lan"]).first?.id ?? ""
            return try await world.project.neutron.createPort(.init(networkID: network, description: "theirs")).id
        },
        remove: { try await $0.project.neutron.deletePort($1) }
    ).with {
        $0.prepare = prepare
        $0.rejections = ["SubnetNotFound": plain.merging(["fixedIPs": [["subnet": "z"]]])]
        $0.otherThanForeign = plain.merging(["fixedIPs": [["address": "10.0.0.77"]]])
        $0.drift = (
            "spec.securityGroups", { _ = try await $0.project.neutron.updatePort($1, ["security_groups": []]) }
        )
    }

    /// A Network and a SecurityGroup that are at the site.
    @Sendable static func prepare(_ world: World) async throws {
        try await world.putPlace()
        let neutron = try world.project.neutron
        let network = try await neutron.createNetwork(.init(name: "lan", description: "prepared"))
        let subnet = try await neutron.createSubnet(
            .init(networkID: network.id, cidr: "10.0.0.0/24", description: "prepared"))
        let group = try await neutron.createSecurityGroup(.init(name: "web", description: "prepared"))
        let subnets: JSON = [["name": "a", "id": .string(subnet.id), "cidr": "10.0.0.0/24"]]
        try await world.put(
            .network, "lan", spec: ["site": "stuttgart"], status: ["id": .string(network.id), "subnets": subnets])
        try await world.put(.securityGroup, "web", status: ["id": .string(group.id)])
    }

    static func port(_ world: World) async throws -> Neutron.Port {
        try await world.project.neutron.port(try await world.object().status?["id"]?.string ?? "")
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }

    @Test("shows its addresses by the names of subnets, and has the default group when none is named")
    func shows() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.plain)
            let port = try await Self.port(world)
            let address = try #require(port.fixedIPs.first?.ipAddress)
            #expect(try await world.object().status?["addresses"] == [["address": .string(address), "subnet": "a"]])
            #expect(port.securityGroups?.count == 1)
            try await world.edit(["portSecurity": false])
            try await world.bench.settlesAndThenDoesNothing(Self.kind.key)
            #expect(try await Self.port(world).isPortSecurityEnabled == false)
        }
    }

    @Test("is deleted once no server has it")
    func inUse() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.plain)
            let port = try await Self.port(world).id
            let change: JSON = ["device_owner": "compute:nova", "device_id": "server-1"]
            _ = try await world.project.neutron.updatePort(port, change)
            try await world.bench.server.delete(.port, Self.kind.key, DeleteOptions())
            try await world.bench.runPass(Self.kind.key)
            #expect(try await world.object().condition("Ready")?.message.contains("server-1") == true)
            #expect(world.counts == ["port": 1])
            _ = try await world.project.neutron.updatePort(port, ["device_owner": "", "device_id": ""])
            try await world.bench.rest(Self.kind.key)
            #expect(try await world.bench.object(Self.kind.key) == nil && world.made.isEmpty)
        }
    }

    @Test("takes over no port of another network")
    func otherNetwork() async throws {
        try await World.run(Self.kind) { world in
            try await world.prepare()
            let neutron = try world.project.neutron
            let other = try await neutron.createNetwork(.init(name: "other", description: ""))
            let port = try await neutron.createPort(.init(networkID: other.id, description: ""))
            try await world.put(Self.plain, importing: port.id)
            try await world.bench.rest(Self.kind.key)
            #expect(try await world.object().condition("Ready")?.reason == "NetworkDiffers")
        }
    }
}
