// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStack
import Reconciling
import ReconcilingTesting
import Resources
import SiteKinds
import TestTime
import Testing

@testable import NetworkingKinds

@Suite("Network's reconciler", .timeLimit(.minutes(1)))
struct NetworkReconcilerTests {
    let neutron = FakeNeutron()
    let bench: Bench<NetworkReconciler>

    init() {
        let clock = TestClock()
        let server = MemoryObjectClient(time: Timekeeper(clock))
        bench = Bench(NetworkReconciler(cloud: neutron.networkCloud, client: server), clock: clock, server: server)
    }

    static let plain: JSON = [
        "site": "stuttgart", "externalNetwork": "None",
        "subnets": [["name": "a", "cidr": "10.0.0.0/24", "dhcp": true]],
    ]
    static let full: JSON = [
        "site": "stuttgart", "externalNetwork": "Automatic", "mtu": 1400,
        "subnets": [
            ["name": "a", "cidr": "10.0.0.0/24", "dhcp": true, "dnsServers": ["9.9.9.9"]],
            ["name": "b", "cidr": "fd00:1::/64", "dhcp": true],
        ],
    ]

    func start(_ spec: JSON) async throws {
        try await bench.putPlace()
        try await bench.put(object(.network, "web", spec))
        try await bench.rest(web)
    }

    func network() async throws -> Object { try #require(try await bench.object(web)) }

    @Test("creates")
    func creates() async throws {
        try await start(Self.plain)
        let network = try await network()
        #expect(network.isReady)
        #expect(neutron.world.journal == ["create network", "create subnet"])
        #expect(neutron.world.networks.first?.description == "scs:\(network.metadata.uid ?? "")")
        #expect(network.status?["id"] == "network-1" && network.status?["site"] == "stuttgart")
        #expect(network.status?["subnets"] == [["name": "a", "id": "subnet-2", "cidr": "10.0.0.0/24"]])
    }

    @Test("creates with everything")
    func createsEverything() async throws {
        try await start(Self.full)
        let world = neutron.world
        #expect(
            world.journal == ["create network", "create subnet", "create subnet", "create router", "add interface"])
        #expect(world.networks.first?.mtu == 1400)
        #expect(world.subnets.map(\.ipVersion) == [4, 6] && world.subnets.last?.ipv6RAMode == "slaac")
        #expect(world.routers.first?.gateway?.networkID == "external-1")
        let network = try await network()
        #expect(network.isReady && network.status?["externalNetworkID"] == "external-1")
    }

    @Test("waits for what it refers to, and asks for the project at the site")
    func waits() async throws {
        try await bench.put(object(.network, "web", Self.plain))
        try await bench.rest(web)
        #expect(try await network().condition("Ready")?.message.contains("stuttgart") == true)
        try await bench.put(ready(.site, "stuttgart"), .site)
        try await bench.put(ready(.project, "demo"), .project)
        try await bench.rest(web)
        let project = try await bench.server.get(.project, ObjectKey(organization: "acme", name: "demo"))
        #expect(SiteNeed.sites(of: project) == ["stuttgart"])
        #expect(neutron.world.journal.isEmpty)
    }

    @Test(
        "adopts after a lost answer",
        arguments: ["create network", "create subnet", "create router", "add interface"])
    func adopts(call: String) async throws {
        neutron.loseAnswer(to: call)
        try await start(Self.full)
        #expect(try await network().isReady)
        let world = neutron.world
        #expect(world.networks.count == 1 && world.subnets.count == 2 && world.routers.count == 1)
        #expect(world.ports.count == 1)
    }

    @Test("a late success makes no double")
    func late() async throws {
        try await bench.putPlace()
        try await bench.put(object(.network, "web", Self.plain))
        neutron.fail("create network", .lost)
        let mark = "scs:\(try await network().metadata.uid ?? "")"
        try await bench.lateSuccess(web, after: .seconds(20)) {
            let tree: JSON = ["id": "late", "name": "web", "description": .string(mark)]
            let late = try tree.decode(Neutron.Network.self)
            neutron.edit { $0.networks.append(late) }
        }
        #expect(neutron.world.networks.map(\.id) == ["late"])
        #expect(try await network().status?["id"] == "late")
    }

    @Test("updates what can change")
    func updates() async throws {
        try await start(Self.plain)
        try await bench.edit([
            "mtu": 1300, "externalNetwork": "public",
            "subnets": [
                ["name": "a", "cidr": "10.0.0.0/24", "dhcp": false, "dnsServers": ["9.9.9.9"]],
                ["name": "c", "cidr": "10.0.2.0/24", "dhcp": true],
            ],
        ])
        try await bench.planEqualsCalls(web)
        var world = neutron.world
        #expect(world.networks.first?.mtu == 1300 && world.subnets.map(\.name) == ["a", "c"])
        #expect(world.subnets.first?.dnsNameservers == ["9.9.9.9"] && world.subnets.first?.enableDHCP == false)
        #expect(world.routers.count == 1 && world.ports.count == 2)
        try await bench.edit(["subnets": [["name": "c", "cidr": "10.0.2.0/24", "dhcp": true]]])
        try await bench.rest(web)
        #expect(neutron.world.subnets.map(\.name) == ["c"] && neutron.world.ports.count == 1)
        try await bench.edit(["externalNetwork": "None"])
        try await bench.rest(web)
        world = neutron.world
        #expect(world.routers.isEmpty && world.ports.isEmpty && world.subnets.count == 1)
    }

    @Test("rejects an external network that the site does not offer, and keeps what is there")
    func rejects() async throws {
        try await start(Self.full)
        try await bench.edit(["externalNetwork": "nowhere"])
        try await bench.rest(web)
        let ready = try await network().condition("Ready")
        #expect(ready?.reason == "ExternalNetworkNotOffered" && ready?.message.contains("public") == true)
        #expect(neutron.world.routers.count == 1)
    }

    @Test("an Automatic choice stays when the site's offer changes")
    func keeps() async throws {
        try await start(Self.full)
        let key = ObjectKey(organization: "", name: "stuttgart")
        _ = try await bench.server.patch(.site, key, .merge(["status": ["externalNetworks": []]]), .status)
        try await bench.settlesAndThenDoesNothing(web)
        #expect(neutron.world.routers.first?.gateway?.networkID == "external-1")
    }

    @Test("notices outside deletion and makes it again")
    func outsideDeletion() async throws {
        try await start(Self.full)
        neutron.edit { world in
            world.routers = []
            world.ports = []
            world.subnets.removeLast()
        }
        try await bench.rest(web)
        let world = neutron.world
        #expect(world.routers.count == 1 && world.ports.count == 1 && world.subnets.count == 2)
    }

    @Test("deletes")
    func deletes() async throws {
        try await start(Self.full)
        neutron.edit { $0.journal = [] }
        try await bench.delete(web)
        #expect(try await bench.object(web) == nil)
        let order = ["remove interface", "delete router", "delete subnet", "delete subnet", "delete network"]
        #expect(neutron.world.journal == order)
    }

    @Test("deletes when already gone")
    func deletesGone() async throws {
        try await start(Self.full)
        neutron.edit { $0 = .init() }
        try await bench.delete(web)
        #expect(try await bench.object(web) == nil)
    }

    @Test("deletes what never was, without asking the site")
    func deletesNothing() async throws {
        try await bench.put(object(.network, "web", Self.plain))
        try await bench.rest(web)
        try await bench.delete(web)
        #expect(try await bench.object(web) == nil)
    }

    @Test("survives", arguments: ["Conflict", "Throttled", "QuotaExceeded", "ServiceFailed", "Unreachable"])
    func survives(code: String) async throws {
        neutron.fail("create network", .init(code))
        neutron.fail("create subnet", .init(code))
        try await start(Self.full)
        #expect(try await network().isReady)
        #expect(neutron.world.networks.count == 1)
        neutron.fail("delete network", .init(code))
        try await bench.delete(web)
        #expect(try await bench.object(web) == nil && neutron.world.networks.isEmpty)
    }

    @Test("plan equals calls")
    func plan() async throws {
        try await bench.putPlace()
        try await bench.put(object(.network, "web", Self.full))
        try await bench.planEqualsCalls(web)
    }

    @Test("settles and then does nothing")
    func settles() async throws {
        try await bench.putPlace()
        try await bench.put(object(.network, "web", Self.full))
        try await bench.settlesAndThenDoesNothing(web)
    }
}
