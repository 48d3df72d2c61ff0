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

@Suite("SecurityGroup", .timeLimit(.minutes(1)))
struct SecurityGroupTests {
    let neutron = FakeNeutron()
    let bench: Bench<SecurityGroupReconciler>

    init() {
        let clock = TestClock()
        let server = MemoryObjectClient(time: Timekeeper(clock))
        let reconciler = SecurityGroupReconciler(cloud: neutron.groupCloud, client: server)
        bench = Bench(reconciler, clock: clock, server: server)
    }

    static func spec(_ rules: JSON, egress: JSON = "AllowAll") -> JSON {
        ["site": "stuttgart", "egress": egress, "rules": rules]
    }

    static func rule(_ members: [(String, JSON)]) -> JSON {
        var rule: JSON = ["direction": "Ingress", "protocol": "tcp", "ethertype": "IPv4"]
        for (key, value) in members { rule[key] = value }
        return rule
    }

    static let https = rule([("ports", "443"), ("cidr", "0.0.0.0/0")])
    static let inside = rule([("ports", "8000-8080"), ("cidr", "10.1.2.3/8")])
    static let own = rule([("protocol", "any"), ("group", "self")])
    static let full = spec([https, inside, own])

    func start(_ spec: JSON) async throws {
        try await bench.putPlace()
        try await bench.put(object(.securityGroup, "web", spec))
        try await bench.rest(web)
    }

    func group() async throws -> Object { try #require(try await bench.object(web)) }

    var rules: [Neutron.SecurityGroupRule] { neutron.world.groups.first?.rules ?? [] }

    @Test("creates with everything")
    func creates() async throws {
        try await start(Self.full)
        #expect(neutron.world.journal == ["create group", "create rule", "create rule", "create rule"])
        #expect(rules.map(\.portRangeMax) == [nil, nil, 443, 8080, nil])
        #expect(rules.last?.remoteGroupID == "group-1" && rules.last?.protocol == nil)
        let group = try await group()
        #expect(group.isReady && group.status?["id"] == "group-1" && group.status?["ruleCount"] == 5)
        #expect(neutron.world.groups.first?.description == "scs:\(group.metadata.uid ?? "")")
    }

    @Test("waits for another group's id, with its other rules in place")
    func waits() async throws {
        let spec = Self.spec([Self.https, Self.rule([("group", "db")])])
        try await bench.put(object(.securityGroup, "db", ["site": "stuttgart"]))
        try await start(spec)
        #expect(try await group().isReady == false && rules.count == 3)
        let key = ObjectKey(organization: "acme", namespace: "demo", name: "db")
        _ = try await bench.server.patch(.securityGroup, key, .merge(["status": ["id": "group-9"]]), .status)
        try await bench.rest(web)
        #expect(try await group().isReady)
        #expect(rules.last?.remoteGroupID == "group-9")
    }

    @Test("adopts after a lost answer", arguments: ["create group", "create rule"])
    func adopts(call: String) async throws {
        neutron.loseAnswer(to: call)
        try await bench.putPlace()
        try await bench.put(object(.securityGroup, "web", Self.full))
        try await bench.adoptsAfterALostAnswer(web)
        #expect(neutron.world.groups.count == 1 && rules.count == 5)
    }

    @Test("adopts a rule that is there already")
    func adoptsRule() async throws {
        try await start(Self.spec([]))
        let reconciler = SecurityGroupReconciler(cloud: neutron.groupCloud, client: bench.server)
        try await bench.edit(["rules": [Self.https]])
        let input = PassInput(
            object: try await group(),
            references: [
                "metadata.namespace": ready(
                    .project, "demo", status: ["sites": [["name": "stuttgart", "id": "p-1", "ready": true]]])
            ], now: 0)
        let before = try await reconciler.observe(input)
        let step = try #require(reconciler.steps(input, before).steps.first)
        _ = try await reconciler.perform(step, input, before)
        // The same again, from what was seen before: Neutron says that the rule exists.
        let after = try await reconciler.perform(step, input, before)
        #expect(reconciler.steps(input, after).steps.isEmpty && rules.count == 3)
    }

    @Test("updates what can change, and removes what nobody asked for")
    func updates() async throws {
        try await start(Self.full)
        let foreign = try Neutron.SecurityGroupRule.fake("foreign", "group-1", "ingress", "IPv4")
        neutron.edit { $0.groups[0].rules?.append(foreign) }
        try await bench.edit(["rules": [Self.https], "egress": "Listed"])
        try await bench.planEqualsCalls(web)
        #expect(rules.map(\.portRangeMax) == [443])
        try await bench.edit(["egress": "AllowAll"])
        try await bench.rest(web)
        #expect(rules.map(\.direction) == ["ingress", "egress", "egress"])
        try await bench.settlesAndThenDoesNothing(web)
    }

    @Test("notices outside deletion and makes it again")
    func outsideDeletion() async throws {
        try await start(Self.full)
        neutron.edit { $0.groups = [] }
        try await bench.rest(web)
        #expect(neutron.world.groups.count == 1 && rules.count == 5)
    }

    @Test("deletes, also when already gone", arguments: [false, true])
    func deletes(isGone: Bool) async throws {
        try await start(Self.full)
        if isGone { neutron.edit { $0.groups = [] } }
        try await bench.delete(web)
        #expect(try await bench.object(web) == nil && neutron.world.groups.isEmpty)
    }

    @Test("survives", arguments: ["Conflict", "Throttled", "QuotaExceeded", "ServiceFailed", "Unreachable"])
    func survives(code: String) async throws {
        neutron.fail("create group", .init(code))
        neutron.fail("create rule", .init(code))
        try await start(Self.full)
        #expect(try await group().isReady && neutron.world.groups.count == 1 && rules.count == 5)
        neutron.fail("delete group", .init(code))
        try await bench.delete(web)
        #expect(neutron.world.groups.isEmpty)
    }

    @Test("plan equals calls, settles and then does nothing")
    func settles() async throws {
        try await bench.putPlace()
        try await bench.put(object(.securityGroup, "web", Self.full))
        try await bench.planEqualsCalls(web)
        try await bench.settlesAndThenDoesNothing(web)
    }

    @Test(
        "names what is wrong with a rule",
        arguments: [
            (https, []), (own, []), (rule([("ports", "9-1")]), ["ports"]), (rule([("ports", "70000")]), ["ports"]),
            (rule([("protocol", "icmp"), ("ports", "80")]), ["ports"]), (rule([("protocol", "300")]), ["protocol"]),
            (rule([("cidr", "::/0")]), ["cidr"]), (rule([("cidr", "10.0.0.0/8"), ("group", "db")]), ["group"]),
        ] as [(JSON, [String])])
    func issues(rule: JSON, fields: [String]) {
        let issues = SecurityGroup.issues(object(.securityGroup, "web", Self.spec([rule])), nil)
        #expect(issues.map(\.path) == fields.map { "spec.rules[0].\($0)" })
    }

    @Test("refuses the same rule twice, however it is written, and another site")
    func duplicates() {
        let twice = Self.spec([Self.inside, Self.rule([("ports", "8000-8080"), ("cidr", "10.0.0.0/8")])])
        let old = object(.securityGroup, "web", ["site": "ulm", "egress": "AllowAll"])
        let issues = SecurityGroup.issues(object(.securityGroup, "web", twice), old)
        #expect(issues.map(\.path) == ["spec.rules[1]", "spec.site"])
        #expect(issues.last?.message.contains("is immutable") == true)
    }
}
