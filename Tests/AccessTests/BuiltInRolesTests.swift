// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

@testable import Access

@Suite("Built-in roles")
struct BuiltInRolesTests {
    struct Case: CustomTestStringConvertible {
        var role: String
        var verb: String
        var resource: String
        var isAllowed: Bool
        var testDescription: String { "\(role) \(isAllowed ? "may" : "may not") \(verb) \(resource)" }
    }

    /// A customer's kind, one of the provider's, and one that a definition made.
    static let kinds = [
        GroupResource(group: "compute.scs.community", resource: "virtualmachines"),
        GroupResource(group: "management.scs.community", resource: "quotas"),
        GroupResource(group: "own.example", resource: "databases"),
    ]

    static let cases: [Case] = [
        ("view", "get", "configmaps", true), ("view", "get", "secrets", false), ("view", "list", "secrets", false),
        ("view", "watch", "virtualmachines.compute.scs.community", true), ("view", "create", "configmaps", false),
        ("view", "get", "roles.rbac.authorization.k8s.io", false), ("edit", "get", "secrets", true),
        ("edit", "create", "virtualmachines.compute.scs.community", true),
        ("edit", "create", "rolebindings.rbac.authorization.k8s.io", false),
        ("edit", "get", "clusterroles.rbac.authorization.k8s.io", false),
        ("edit", "update", "quotas.management.scs.community", false),
        ("edit", "delete", "namespaces", false), ("admin", "create", "rolebindings.rbac.authorization.k8s.io", true),
        ("admin", "create", "clusterrolebindings.rbac.authorization.k8s.io", false),
        ("view", "get", "virtualmachines.compute.scs.community/status", true),
        ("edit", "create", "virtualmachines.compute.scs.community/console", false),
        ("admin", "get", "virtualmachines.compute.scs.community/console", false),
        ("edit", "create", "serviceaccounts/token", true), ("view", "create", "serviceaccounts/token", false),
        ("view", "get", "databases.own.example", false), ("admin", "get", "databases.own.example", false),
        ("admin", "escalate", "roles.rbac.authorization.k8s.io", false),
        ("cluster-admin", "escalate", "roles.rbac.authorization.k8s.io", true),
    ].map { Case(role: $0.0, verb: $0.1, resource: $0.2, isAllowed: $0.3) }

    @Test("give what their names say", arguments: cases)
    func rights(_ given: Case) {
        let book = RoleBook(
            bindings: [RoleBinding(name: "x", role: .clusterRole(given.role), subjects: [.user("x")])],
            kinds: Self.kinds)
        let path = given.resource.split(separator: "/").map(String.init)
        let parts = path[0].split(separator: ".", maxSplits: 1).map(String.init)
        let target = AccessRequest.Target.resource(
            GroupResource(group: parts.count == 2 ? parts[1] : "", resource: parts[0]),
            subresource: path.count == 2 ? path[1] : nil,
            namespace: "demo", name: "a")
        let user = UserInfo(name: "x", organization: "acme")
        let request = AccessRequest(user: user, organizations: .one("acme"), verb: given.verb, target: target)
        #expect(book.decide(request).isAllowed == given.isAllowed)
    }

    @Test("grow from view to edit to admin to cluster-admin")
    func order() throws {
        let book = RoleBook()
        let roles = try ["view", "edit", "admin", "cluster-admin"].map { try #require(book.rules(ofClusterRole: $0)) }
        for (smaller, larger) in zip(roles, roles.dropFirst()) {
            #expect(larger.covers(smaller))
            #expect(!smaller.covers(larger))
        }
    }

    @Test("let strangers see the version and the health, no more")
    func strangers() {
        let anonymous = UserInfo(name: "system:anonymous", groups: [GroupName.unauthenticated])
        for (path, isAllowed) in [("/version", true), ("/healthz", true), ("/apis", false), ("/metrics", false)] {
            let request = AccessRequest(user: anonymous, organizations: .root, verb: "get", target: .path(path))
            #expect(RoleBooks().decide(request).isAllowed == isAllowed, "\(path)")
        }
    }

    @Test("read as objects what they are", arguments: [true, false])
    func objects(isRoot: Bool) {
        let builtIn = BuiltInRoles(isRoot: isRoot, kinds: Self.kinds)
        #expect(builtIn.roles.map { Role($0.object(organization: "acme")) } == builtIn.roles)
        #expect(builtIn.bindings.map { RoleBinding($0.object(organization: "acme")) } == builtIn.bindings)
    }

    @Test("take what other ClusterRoles contribute, along admin, edit and view")
    func contributions() throws {
        let rule = PolicyRule(verbs: ["get"], apiGroups: ["own.example"], resources: ["databases"])
        let own = Role(
            name: "databases", labels: ["rbac.authorization.k8s.io/aggregate-to-edit": "true"], rules: [rule])
        let book = RoleBook(roles: [own])
        for (name, has) in [("admin", true), ("edit", true), ("view", false), ("databases", true)] {
            #expect(try #require(book.rules(ofClusterRole: name)).contains(rule) == has, "\(name)")
        }
    }

    @Test("have each rule once, also where roles select one another, and none of their own")
    func circles() throws {
        let rule = PolicyRule(verbs: ["get"], apiGroups: [""], resources: ["a"])
        let forged = PolicyRule(verbs: ["*"], apiGroups: ["*"], resources: ["*"])
        let all = LabelSelector.labels(["x": "y"])
        let roles = [
            Role(name: "one", labels: ["x": "y"], rules: [forged], aggregates: [all]),
            Role(name: "two", labels: ["x": "y"], rules: [forged], aggregates: [all, .everything]),
            Role(name: "leaf", labels: ["x": "y"], rules: [rule, rule]),
        ]
        for role in roles {
            #expect(role.effectiveRules(among: roles) == (role.name == "leaf" ? [rule, rule] : [rule]))
        }
    }
}
