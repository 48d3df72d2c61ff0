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

@Suite("Router at a simulated site", .timeLimit(.minutes(3)))
struct RouterScenarioTests {
    typealias World = SiteWorld<RouterReconciler>

    static let plain: JSON = ["site": "stuttgart", "externalNetwork": "None"]
    static let everything: JSON = [
        "site": "stuttgart", "externalNetwork": "Automatic", "networks": [["network": "lan"]],
        "routes": [["destination": "10.9.0.0/24", "nextHop": "10.0.0.9"]],
    ]

    static let kind = SiteKind(
        Router.kind, thing: "router", plain: plain, everything: everything,
        update: [
            "externalNetwork": "None", "networks": [["network": "lan", "subnets": ["v6"]]],
            "routes": [["destination": "fd00:9::/64", "nextHop": "fd00:1::9"]],
        ],
        refusals: ["spec.site": ["site": "ulm"], "spec.snat": ["snat": false]],
        reconciler: { RouterReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let router = try await router(world)
            let object = try await world.object()
            return router.gateway != nil && router.routes?.map(\.nextHop) == ["10.0.0.9"]
                && object.status?["externalAddresses"]?.array?.count == 1
                && places(object) == ["lan/v4", "lan/v6"]
        },
        isUpdated: { world in
            let router = try await router(world)
            let object = try await world.object()
            return router.gateway == nil && router.routes?.map(\.nextHop) == ["fd00:1::9"]
                && places(object) == ["lan/v6"]
        },
        foreign: { try await $0.project.neutron.createRouter(.init(name: "theirs", description: "theirs")).id },
        remove: { try await $0.project.neutron.deleteRouter($1) }
    ).with {
        $0.prepare = prepare
        $0.rejections = [
            "ExternalNetworkNotOffered": plain.merging(["externalNetwork": "nowhere"]),
            "NetworkHasRouter": plain.merging(["networks": [["network": "routed"]]]),
            "SiteDiffers": plain.merging(["networks": [["network": "far"]]]),
            "SubnetNotFound": plain.merging(["networks": [["network": "lan", "subnets": ["z"]]]]),
            "Forbidden": plain.merging(["externalNetwork": "Automatic", "snat": false]),
            "Refused": plain.merging(["routes": [["destination": "10.9.0.0/24", "nextHop": "10.0.0.9"]]]),
        ]
        $0.otherThanForeign = everything
        $0.drift = ("spec.routes", { _ = try await $0.project.neutron.updateRouter($1, ["routes": []]) })
    }

    /// A Network with a subnet of each IP version, and two that cannot be connected.
    @Sendable static func prepare(_ world: World) async throws {
        try await world.putPlace()
        let neutron = try world.project.neutron
        let network = try await neutron.createNetwork(.init(name: "lan", description: "prepared"))
        var subnets: [JSON] = []
        for (name, range, version) in [("v4", "10.0.0.0/24", 4), ("v6", "fd00:1::/64", 6)] {
            let subnet = try await neutron.createSubnet(
                .init(networkID: network.id, cidr: range, ipVersion: version, description: "prepared"))
            subnets.append(["name": .string(name), "id": .string(subnet.id), "cidr": .string(range)])
        }
        let spec: JSON = ["site": "stuttgart", "subnets": [["name": "v4"], ["name": "v6"]]]
        try await world.put(
            .network, "lan", spec: spec, status: ["id": .string(network.id), "subnets": .array(subnets)])
        try await world.put(.network, "routed", spec: spec, status: ["id": "n", "routerID": "r"])
        try await world.put(.network, "far", spec: ["site": "ulm", "subnets": []], status: ["id": "n"])
    }

    static func router(_ world: World) async throws -> Neutron.Router {
        try await world.project.neutron.router(try await world.object().status?["id"]?.string ?? "")
    }

    /// Where it is, by the names of Network and subnet.
    static func places(_ object: Object) -> [String] {
        (object.status?["interfaces"]?.array ?? []).map {
            "\($0["network"]?.string ?? "")/\($0["subnet"]?.string ?? "")"
        }
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }

    @Test("leaves a subnet that its Network is about to lose")
    func leaves() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.everything)
            let key = ObjectKey(organization: "acme", namespace: "demo", name: "lan")
            try await world.edit(["routes": []])
            let left: JSON = ["spec": ["subnets": [["name": "v6"]]]]
            _ = try await world.bench.server.patch(.network, key, .merge(left), WriteOptions())
            try await world.bench.rest(Self.kind.key)
            #expect(Self.places(try await world.object()) == ["lan/v6"])
        }
    }

    @Test("takes out an interface that somebody added, and says so")
    func addedInterface() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(Self.everything)
            let neutron = try world.project.neutron
            let network = try await neutron.createNetwork(.init(name: "other", description: ""))
            let subnet = try await neutron.createSubnet(
                .init(networkID: network.id, cidr: "10.7.0.0/24", description: ""))
            _ = try await neutron.addInterface(ofSubnet: subnet.id, toRouter: try await Self.router(world).id)
            try await world.bench.rest(Self.kind.key)
            #expect(try await world.object().condition("InSync")?.message.contains(subnet.id) == true)
            #expect(Self.places(try await world.object()) == ["lan/v4", "lan/v6"])
        }
    }
}
