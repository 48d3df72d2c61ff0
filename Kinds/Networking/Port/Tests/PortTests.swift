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

@Suite("Port", .timeLimit(.minutes(1)))
struct PortTests {
    let neutron = FakeNeutron()
    let bench: Bench<PortReconciler>

    init() { bench = Bench(PortReconciler(cloud: neutron.portCloud)) }

    static let plain: JSON = ["network": "lan", "portSecurity": true]
    static let full: JSON = [
        "network": "lan", "portSecurity": true, "securityGroups": ["web"], "macAddress": "fa:16:3e:00:00:02",
        "fixedIPs": [["subnet": "a", "address": "10.0.0.5"]], "allowedAddressPairs": [["address": "10.0.0.9"]],
    ]

    func start(_ spec: JSON) async throws {
        try await putNetwork()
        try await bench.put(object(.port, "web", spec))
        try await bench.rest(web)
    }

    func putNetwork() async throws {
        let subnets: JSON = [["name": "a", "id": "subnet-1", "cidr": "10.0.0.0/24"]]
        let status: JSON = ["id": "network-1", "subnets": subnets]
        try await bench.put(ready(.network, "lan", ["site": "stuttgart"], status: status), .network)
        try await bench.put(ready(.securityGroup, "web", status: ["id": "group-1"]), .securityGroup)
    }

    func port() async throws -> Object { try #require(try await bench.object(web)) }

    @Test("creates")
    func creates() async throws {
        try await start(Self.plain)
        let port = try await port()
        #expect(port.isReady && port.status?["id"] == "port-1" && port.status?["site"] == "stuttgart")
        #expect(port.status?["addresses"] == [["address": "10.0.0.7", "subnet": "a"]])
        #expect(neutron.world.ports.first?.description == "scs:\(port.metadata.uid ?? "")")
        #expect(neutron.world.ports.first?.securityGroups == ["default"])
    }

    @Test("creates with everything")
    func createsEverything() async throws {
        try await start(Self.full)
        let made = try #require(neutron.world.ports.first)
        #expect(made.networkID == "network-1" && made.macAddress == "fa:16:3e:00:00:02")
        #expect(made.fixedIPs.map(\.ipAddress) == ["10.0.0.5"] && made.fixedIPs.map(\.subnetID) == ["subnet-1"])
        #expect(made.securityGroups == ["group-1"] && made.allowedAddressPairs?.map(\.ipAddress) == ["10.0.0.9"])
        #expect(try await port().isReady)
    }

    @Test("waits for what it refers to")
    func waits() async throws {
        try await bench.put(object(.port, "web", Self.plain))
        try await bench.rest(web)
        #expect(try await port().condition("Ready")?.message.contains(#"Network "lan""#) == true)
        try await putNetwork()
        try await bench.rest(web)
        #expect(try await port().isReady)
    }

    @Test("adopts after a lost answer")
    func adopts() async throws {
        neutron.loseAnswer(to: "create port")
        try await putNetwork()
        try await bench.put(object(.port, "web", Self.full))
        try await bench.adoptsAfterALostAnswer(web)
        #expect(neutron.world.ports.count == 1)
        #expect(try await port().isReady)
    }

    @Test("updates what can change")
    func updates() async throws {
        try await start(Self.full)
        try await bench.edit(["securityGroups": [], "allowedAddressPairs": .null])
        try await bench.planEqualsCalls(web)
        let changed = try #require(neutron.world.ports.first)
        #expect(changed.securityGroups == [] && changed.allowedAddressPairs == [])
        try await bench.edit(["portSecurity": false])
        try await bench.rest(web)
        #expect(neutron.world.ports.first?.isPortSecurityEnabled == false)
        try await bench.settlesAndThenDoesNothing(web)
    }

    @Test("rejects a subnet that its network has not")
    func rejects() async throws {
        try await start(["network": "lan", "portSecurity": true, "fixedIPs": [["subnet": "z"]]])
        let ready = try await port().condition("Ready")
        #expect(ready?.reason == "SubnetNotFound" && ready?.message.contains("it has a") == true)
        #expect(neutron.world.journal.isEmpty)
    }

    @Test("notices outside deletion and makes it again")
    func outsideDeletion() async throws {
        try await start(Self.plain)
        neutron.edit { $0.ports = [] }
        try await bench.rest(web)
        #expect(neutron.world.ports.count == 1)
        #expect(try await port().status?["id"]?.string == neutron.world.ports.first?.id)
    }

    @Test("deletes, once no server has it")
    func deletes() async throws {
        try await start(Self.plain)
        neutron.edit { world in
            world.ports[0].deviceOwner = "compute:nova"
            world.ports[0].deviceID = "server-1"
        }
        try await bench.server.delete(.port, web, DeleteOptions())
        try await bench.runPass(web)
        #expect(try await port().condition("Ready")?.message.contains("server-1") == true)
        #expect(neutron.world.ports.count == 1)
        neutron.edit { $0.ports[0].deviceID = "" }
        try await bench.rest(web)
        #expect(try await bench.object(web) == nil && neutron.world.ports.isEmpty)
    }

    @Test("deletes when already gone")
    func deletesGone() async throws {
        try await start(Self.plain)
        neutron.edit { $0.ports = [] }
        try await bench.delete(web)
        #expect(try await bench.object(web) == nil)
    }

    @Test("survives", arguments: ["Conflict", "Throttled", "QuotaExceeded", "ServiceFailed", "Unreachable"])
    func survives(code: String) async throws {
        neutron.fail("create port", .init(code))
        try await start(Self.plain)
        #expect(try await port().isReady && neutron.world.ports.count == 1)
        neutron.fail("delete port", .init(code))
        try await bench.delete(web)
        #expect(neutron.world.ports.isEmpty)
    }

    @Test("plan equals calls, settles and then does nothing")
    func settles() async throws {
        try await putNetwork()
        try await bench.put(object(.port, "web", Self.full))
        try await bench.planEqualsCalls(web)
        try await bench.settlesAndThenDoesNothing(web)
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var spec: JSON
        var old: JSON?
        var paths: [String]
    }

    static let cases = [
        Case(testDescription: "good", spec: full, old: full, paths: []),
        Case(
            testDescription: "no address",
            spec: ["network": "l", "portSecurity": true, "fixedIPs": [["address": "x"]]],
            paths: ["spec.fixedIPs[0].address"]),
        Case(
            testDescription: "groups without security",
            spec: ["network": "l", "portSecurity": false, "securityGroups": ["web"]], paths: ["spec.securityGroups"]),
        Case(
            testDescription: "another network", spec: ["network": "l", "portSecurity": true], old: plain,
            paths: ["spec.network"]),
    ]

    @Test("names what is wrong", arguments: cases)
    func issues(_ given: Case) {
        let issues = Port.issues(object(.port, "web", given.spec), given.old.map { object(.port, "web", $0) })
        #expect(issues.map(\.path) == given.paths)
    }
}
