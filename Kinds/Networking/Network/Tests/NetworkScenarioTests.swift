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

@Suite("Network at a simulated site", .timeLimit(.minutes(3)))
struct NetworkScenarioTests {
    typealias World = SiteWorld<NetworkReconciler>

    static let plain: JSON = [
        "site": "stuttgart", "externalNetwork": "None",
        "subnets": [["name": "a", "cidr": "10.0.0.0/24", "dhcp": true]],
    ]
    static let everything: JSON = [
        "site": "stuttgart", "externalNetwork": "Automatic", "mtu": 1400,
        "subnets": [
            ["name": "a", "cidr": "10.0.0.0/24", "dhcp": true, "dnsServers": ["9.9.9.9"]],
            ["name": "b", "cidr": "fd00:1::/64", "dhcp": true],
        ],
    ]
    static let update: JSON = [
        "mtu": 1300,
        "subnets": [
            ["name": "a", "cidr": "10.0.0.0/24", "dhcp": false], ["name": "c", "cidr": "10.0.2.0/24", "dhcp": true],
        ],
    ]

    static let kind = SiteKind(
        Network.kind, thing: "network", plain: plain, everything: everything, update: update,
        refusals: [
            "spec.site": ["site": "ulm"],
            "spec.subnets[0].cidr": ["subnets": [["name": "a", "cidr": "10.0.1.0/24", "dhcp": true]]],
        ],
        reconciler: { NetworkReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let (network, subnets) = try await found(world)
            let routers = try await world.project.neutron.routers(["description": network.description ?? ""])
            let outside = try await world.object().status?["externalNetworkID"]?.string
            return network.mtu == 1400 && subnets.map(\.ipVersion).sorted() == [4, 6]
                && subnets.contains { $0.ipv6RAMode == "slaac" }
                && subnets.contains { $0.dnsNameservers == ["9.9.9.9"] }
                && routers.map(\.gateway?.networkID) == [outside] && world.counts["port"] == 1
        },
        isUpdated: { world in
            let (network, subnets) = try await found(world)
            return network.mtu == 1300 && subnets.compactMap(\.name).sorted() == ["a", "c"]
                && subnets.contains { $0.enableDHCP == false && $0.dnsNameservers == [] } && world.counts["port"] == 2
        },
        foreign: { world in
            let neutron = try world.project.neutron
            let network = try await neutron.createNetwork(.init(name: "prod_lan", description: "theirs"))
            var subnet = Neutron.NewSubnet(networkID: network.id, cidr: "10.0.0.0/24", description: "")
            subnet.name = "a"
            _ = try await neutron.createSubnet(subnet)
            return network.id
        },
        remove: { try await $0.project.neutron.deleteNetwork($1) }
    ).with {
        $0.rejections = ["ExternalNetworkNotOffered": plain.merging(["externalNetwork": "nowhere"])]
        $0.otherThanForeign = plain.merging(["mtu": 1300])
        $0.drift = ("spec.mtu", { _ = try await $0.project.neutron.updateNetwork($1, ["mtu": 1200]) })
    }

    /// The network that was made, and its subnets.
    static func found(_ world: World) async throws -> (Neutron.Network, [Neutron.Subnet]) {
        let neutron = try world.project.neutron
        let id = try await world.object().status?["id"]?.string ?? ""
        return (try await neutron.network(id), try await neutron.subnets(["network_id": id]))
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }

    @Test("asks for the project at the site")
    func asks() async throws {
        try await World.run(Self.kind) { world in
            try await world.prepare()
            let key = ObjectKey(organization: "acme", name: "demo")
            _ = try await world.bench.server.patch(.project, key, .merge(["status": ["sites": []]]), .status)
            try await world.put(Self.plain)
            try await world.bench.rest(Self.kind.key)
            #expect(SiteNeed.sites(of: try await world.bench.server.get(.project, key)) == ["stuttgart"])
            #expect(world.writes.isEmpty)
        }
    }

    @Test("an Automatic choice stays when the site's offer changes")
    func keeps() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.everything)
            let key = ObjectKey(organization: "", name: "stuttgart")
            _ = try await world.bench.server.patch(.site, key, .merge(["status": ["externalNetworks": []]]), .status)
            try await world.bench.settlesAndThenDoesNothing(Self.kind.key)
            #expect(world.counts["router"] == 1)
        }
    }

    @Test("a router that goes, and a subnet that somebody added, are named and set right")
    func routerDrift() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.everything)
            let neutron = try world.project.neutron
            let (network, subnets) = try await Self.found(world)
            let subnet = try #require(subnets.first { $0.ipVersion == 4 })
            let router = try #require(try await world.object().status?["routerID"]?.string)
            _ = try await neutron.removeInterface(ofSubnet: subnet.id, fromRouter: router)
            try await world.bench.rest(Self.kind.key)
            #expect(try await world.object().condition("InSync")?.message.contains("spec.externalNetwork") == true)
            var other = Neutron.NewSubnet(
                networkID: network.id, cidr: "10.9.0.0/24", description: network.description ?? "")
            other.name = "z"
            _ = try await neutron.createSubnet(other)
            try await world.bench.rest(Self.kind.key)
            #expect(try await world.object().condition("InSync")?.message.contains("z (10.9.0.0/24)") == true)
            #expect(try await Self.found(world).1.count == 2)
        }
    }

    @Test("deletes what never was, without asking the site")
    func deletesNothing() async throws {
        try await World.run(Self.kind) { world in
            try await world.put(Self.plain)
            try await world.bench.rest(Self.kind.key)
            try await world.bench.delete(Self.kind.key)
            #expect(try await world.bench.object(Self.kind.key) == nil)
            #expect(world.site.calls.isEmpty)
        }
    }
}
