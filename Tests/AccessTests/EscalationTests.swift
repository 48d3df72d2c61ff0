// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

@testable import Access

@Suite("Escalation", .timeLimit(.minutes(1)))
struct EscalationTests {
    static let read = PolicyRule(verbs: ["get"], apiGroups: [""], resources: ["configmaps"])
    static let write = PolicyRule(verbs: ["create"], apiGroups: [""], resources: ["configmaps"])

    static func escalation(_ rules: [PolicyRule], namespace: String = "demo") -> Escalation {
        let book = RoleBook(
            roles: [Role(namespace: "demo", name: "r", rules: rules)],
            bindings: [RoleBinding(namespace: "demo", name: "b", role: .role("r"), subjects: [.user("ann")])])
        return Escalation(
            reviewer: RoleBooks(["acme": book]), user: UserInfo(name: "ann", organization: "acme"),
            organization: "acme", namespace: namespace)
    }

    static func verb(_ verb: String, _ resource: String, name: String) -> PolicyRule {
        PolicyRule(verbs: [verb], apiGroups: [rbacGroup], resources: [resource], resourceNames: [name])
    }

    @Test("is nothing when the writer has the rules")
    func covered() async {
        #expect(await Self.escalation([Self.read]).excess(writing: Role(name: "x", rules: [Self.read])).isEmpty)
    }

    @Test("names the rules that the writer lacks")
    func uncovered() async {
        let role = Role(namespace: "demo", name: "x", rules: [Self.read, Self.write])
        #expect(await Self.escalation([Self.read]).excess(writing: role) == [Self.write])
    }

    @Test("does not count what the writer has in another namespace")
    func elsewhere() async {
        let excess = await Self.escalation([Self.read], namespace: "prod").excess(
            binding: .role("x"), rules: [Self.read])
        #expect(excess == [Self.read])
    }

    @Test("is lifted by escalate and bind for the role named, and by nothing near them")
    func lifted() async {
        let escalate = Self.escalation([Self.verb("escalate", "roles", name: "x")])
        #expect(await escalate.excess(writing: Role(namespace: "demo", name: "x", rules: [Self.write])).isEmpty)
        #expect(await !escalate.excess(writing: Role(namespace: "demo", name: "y", rules: [Self.write])).isEmpty)
        #expect(await !escalate.excess(binding: .role("x"), rules: [Self.write]).isEmpty)
        let bind = Self.escalation([Self.verb("bind", "clusterroles", name: "view")])
        #expect(await bind.excess(binding: .clusterRole("view"), rules: [Self.write]).isEmpty)
        #expect(await !bind.excess(binding: .role("view"), rules: [Self.write]).isEmpty)
    }

    @Test("is everything for a role that aggregates")
    func aggregating() async {
        let role = Role(name: "x", rules: [], aggregates: [.labels(["a": "b"])])
        #expect(await !Self.escalation([Self.read]).excess(writing: role).isEmpty)
        let master = UserInfo(name: "m", groups: [GroupName.masters], organization: "acme")
        let escalation = Escalation(reviewer: RoleBooks(), user: master, organization: "acme", namespace: "")
        #expect(await escalation.excess(writing: role).isEmpty)
    }
}
