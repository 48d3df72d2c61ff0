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

@Suite("SecurityGroup at a simulated site", .timeLimit(.minutes(3)))
struct SecurityGroupScenarioTests {
    typealias World = SiteWorld<SecurityGroupReconciler>

    static let kind = SiteKind(
        SecurityGroup.kind, thing: "security_group", plain: SecurityGroupTests.spec([]),
        everything: SecurityGroupTests.full,
        update: ["rules": [SecurityGroupTests.https], "egress": "Listed"], refusals: ["spec.site": ["site": "ulm"]],
        reconciler: { SecurityGroupReconciler(cloud: .live($0), client: $1) },
        hasEverything: { world in
            let group = try await group(world)
            let rules = group.rules ?? []
            return rules.count == 5 && rules.contains { $0.portRangeMax == 443 }
                && rules.contains { $0.normalizedCIDR == "10.0.0.0/8" }
                && rules.contains { $0.remoteGroupID == group.id && $0.protocol == nil }
        },
        isUpdated: { try await group($0).rules?.map(\.portRangeMax) == [443] },
        foreign: { world in
            try await world.project.neutron.createSecurityGroup(.init(name: "Old rules", description: "theirs")).id
        },
        remove: { try await $0.project.neutron.deleteSecurityGroup($1) }
    ).with {
        $0.otherThanForeign = SecurityGroupTests.spec([SecurityGroupTests.https])
        $0.drift = (
            "spec.rules",
            { world, id in
                let rule = Neutron.NewSecurityGroupRule(
                    securityGroupID: id, direction: "ingress", etherType: "IPv4", description: "")
                _ = try await world.project.neutron.createSecurityGroupRule(rule)
            }
        )
    }

    static func group(_ world: World) async throws -> Neutron.SecurityGroup {
        try await world.project.neutron.securityGroup(try await world.object().status?["id"]?.string ?? "")
    }

    @Test("holds the scenario", arguments: SiteScenario.allCases)
    func scenario(_ scenario: SiteScenario) async throws { try await scenario.run(Self.kind) }

    @Test("waits for another group's id, with its other rules in place")
    func waitsForGroup() async throws {
        try await World.run(Self.kind) { world in
            let other = SecurityGroupTests.rule([("group", "db")])
            try await world.put(.securityGroup, "db", spec: ["site": "stuttgart"])
            try await world.start(SecurityGroupTests.spec([SecurityGroupTests.https, other]))
            #expect(try await world.object().isReady == false)
            #expect(try await Self.group(world).rules?.count == 3)
            let made = try await world.project.neutron.createSecurityGroup(.init(name: "db", description: ""))
            let key = ObjectKey(organization: "acme", namespace: "demo", name: "db")
            let status: JSON = ["status": ["id": .string(made.id)]]
            _ = try await world.bench.server.patch(.securityGroup, key, .merge(status), .status)
            try await world.bench.rest(Self.kind.key)
            #expect(try await world.object().isReady)
            #expect(try await Self.group(world).rules?.last?.remoteGroupID == made.id)
        }
    }

    @Test("adopts a rule that is there already")
    func adoptsRule() async throws {
        try await World.run(Self.kind) { world in
            try await world.start(SecurityGroupTests.spec([]))
            try await world.edit(["rules": [SecurityGroupTests.https]])
            let reconciler = world.bench.reconciler
            let project = try await world.bench.server.get(.project, ObjectKey(organization: "acme", name: "demo"))
            let input = PassInput(object: try await world.object(), references: ["metadata.namespace": project], now: 0)
            let before = try await reconciler.observe(input)
            let step = try #require(reconciler.steps(input, before).steps.first)
            _ = try await reconciler.perform(step, input, before)
            // The same again, from what was seen before: Neutron says that the rule exists.
            let after = try await reconciler.perform(step, input, before)
            #expect(reconciler.steps(input, after).steps.isEmpty)
            #expect(try await Self.group(world).rules?.count == 3)
        }
    }
}
