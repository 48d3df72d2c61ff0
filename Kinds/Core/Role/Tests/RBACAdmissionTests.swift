// SPDX-License-Identifier: Apache-2.0

import Access
import ClientContract
import Clients
import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("RBAC admission", .timeLimit(.minutes(1)))
struct RBACAdmissionTests {
    static let read: JSON = ["verbs": ["get"], "apiGroups": [""], "resources": ["configmaps"]]
    static let write: JSON = ["verbs": ["create"], "apiGroups": [""], "resources": ["configmaps"]]

    /// Ann may read ConfigMaps in `demo`, and nothing else.
    static let reviewer = RoleBooks([
        "acme": RoleBook(
            roles: [Access.Role(namespace: "demo", name: "r", rules: [PolicyRule(tree: read)])],
            bindings: [Access.RoleBinding(namespace: "demo", name: "b", role: .role("r"), subjects: [.user("ann")])])
    ])
    static let rules = RBACAdmission(reviewer: reviewer)

    static func role(_ rules: JSON...) -> Object {
        object(roleType, "x", namespace: "demo", [("rules", .array(rules))])
    }

    static func binding(_ kind: String, _ name: String) -> Object {
        object(
            roleBindingType, "x", namespace: "demo",
            [
                ("roleRef", ["apiGroup": .string(rbacGroup), "kind": .string(kind), "name": .string(name)]),
                ("subjects", [["kind": "User", "name": "bob"]]),
            ])
    }

    static func isForbidden(_ body: () async throws -> Object) async -> Bool {
        do {
            _ = try await body()
            return false
        } catch {
            return (error as? APIError)?.reason == .forbidden
        }
    }

    @Test("lets nobody write a role with more than they have")
    func role() async throws {
        _ = try await Self.rules.role(admission(Self.role(Self.read)))
        #expect(await Self.isForbidden { try await Self.rules.role(admission(Self.role(Self.read, Self.write))) })
    }

    @Test("lets what is there be labelled, kept and deleted, but not grow")
    func update() async throws {
        let old = Self.role(Self.write)
        var annotated = old
        annotated.metadata.annotations = ["a": "b"]
        _ = try await Self.rules.role(admission(annotated, old: old))
        _ = try await Self.rules.role(admission(old, old: old, operation: .delete))
        #expect(
            await Self.isForbidden {
                try await Self.rules.role(admission(Self.role(Self.write, Self.write), old: Self.role(Self.read)))
            })
        // A label may make a role part of another one.
        annotated.metadata.labels = ["rbac.authorization.k8s.io/aggregate-to-view": "true"]
        #expect(await Self.isForbidden { try await Self.rules.role(admission(annotated, old: old)) })
    }

    @Test("lets nobody bind a role with more than they have, nor one that is not there")
    func binding() async throws {
        let client = MemoryObjectClient()
        var readers = Self.role(Self.read), writers = Self.role(Self.write)
        readers.metadata.name = "readers"
        writers.metadata.name = "writers"
        for role in [readers, writers] { _ = try await client.create(roleType, role, WriteOptions()) }
        let objects = ClientReader(client)
        let admitted = try await Self.rules.binding(admission(Self.binding("Role", "readers"), objects: objects))
        #expect(admitted.tree["subjects"]?[0]?["apiGroup"] == .string(rbacGroup))
        for (kind, name) in [
            ("Role", "writers"), ("ClusterRole", "view"),
        ] {
            #expect(
                await Self.isForbidden {
                    try await Self.rules.binding(admission(Self.binding(kind, name), objects: objects))
                }, "\(kind) \(name)")
        }
        for kind in ["Role", "ClusterRole"] {
            let error = await #expect(throws: APIError.self) {
                try await Self.rules.binding(admission(Self.binding(kind, "absent"), objects: objects))
            }
            #expect(error?.message == "\(kind.lowercased())s.rbac.authorization.k8s.io \"absent\" not found")
        }
    }

    @Test("says in upstream's words what somebody would grant without having it")
    func words() async throws {
        let more: JSON = ["verbs": ["list", "get"], "apiGroups": ["", "apps"], "resources": ["secrets"]]
        let named: JSON = ["verbs": ["get"], "apiGroups": [""], "resources": ["pods"], "resourceNames": ["a"]]
        let error = await #expect(throws: APIError.self) {
            try await Self.rules.role(admission(Self.role(Self.read, more, named)))
        }
        let expected = #"""
            roles.rbac.authorization.k8s.io "x" is forbidden: user "ann" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:
            {APIGroups:[""], Resources:["pods"], ResourceNames:["a"], Verbs:["get"]}
            {APIGroups:[""], Resources:["secrets"], Verbs:["list" "get"]}
            {APIGroups:["apps"], Resources:["secrets"], Verbs:["list" "get"]}
            """#
        #expect(error?.message == expected)
    }

    @Test("lets only who may do everything write an aggregation rule, of whatever form")
    func aggregation() async throws {
        let master = UserInfo(name: "m", groups: [GroupName.masters], organization: "acme")
        for selector: JSON in [
            ["matchLabels": ["a": "b"]], [:], ["matchExpressions": [["key": "?", "operator": "X"]]],
        ] {
            let role = object(
                ResourceType(
                    group: rbacGroup, version: "v1", kind: "ClusterRole", plural: "clusterroles", isNamespaced: false),
                "x", [("aggregationRule", ["clusterRoleSelectors": [selector]])])
            #expect(await Self.isForbidden { try await Self.rules.role(admission(role)) }, "\(selector.text)")
            _ = try await Self.rules.role(admission(role, user: master))
        }
    }

    @Test("lets the masters write everything, in their organization")
    func masters() async throws {
        let master = UserInfo(name: "m", groups: [GroupName.masters], organization: "acme")
        _ = try await Self.rules.role(admission(Self.role(Self.write), user: master))
        _ = try await Self.rules.binding(admission(Self.binding("ClusterRole", "cluster-admin"), user: master))
        let stranger = UserInfo(name: "m", groups: [GroupName.masters], organization: "umbrella")
        #expect(await Self.isForbidden { try await Self.rules.role(admission(Self.role(Self.write), user: stranger)) })
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var rule: JSON
        var isNamespaced = true
        var paths: [String]
    }

    static let cases = [
        Case(testDescription: "good", rule: read, paths: []),
        Case(
            testDescription: "nothing", rule: [:],
            paths: ["rules[0].verbs", "rules[0].apiGroups", "rules[0].resources"]),
        Case(
            testDescription: "a path in a Role", rule: ["verbs": ["get"], "nonResourceURLs": ["/x"]],
            paths: ["rules[0].nonResourceURLs"]),
        Case(
            testDescription: "a path in a ClusterRole", rule: ["verbs": ["get"], "nonResourceURLs": ["/x"]],
            isNamespaced: false, paths: []),
        Case(
            testDescription: "both",
            rule: ["verbs": ["get"], "nonResourceURLs": ["/x"], "resources": ["a"], "apiGroups": [""]],
            isNamespaced: false, paths: ["rules[0].nonResourceURLs"]),
    ]

    @Test("names what is wrong with a rule", arguments: cases)
    func issues(_ given: Case) {
        let issues = RBACIssues.rules(of: Self.role(given.rule), isNamespaced: given.isNamespaced)
        #expect(issues.map(\.path) == given.paths)
    }

    @Test("names what is wrong with a binding")
    func bindingIssues() {
        let old = Self.binding("Role", "a")
        #expect(RBACIssues.binding(Self.binding("Role", "b"), old, isNamespaced: true).map(\.path) == ["roleRef"])
        #expect(RBACIssues.binding(old, nil, isNamespaced: false).map(\.path) == ["roleRef.kind"])
        var account = Self.binding("ClusterRole", "a")
        account.tree["subjects"] = [["kind": "ServiceAccount", "name": "bot", "apiGroup": .string(rbacGroup)]]
        #expect(
            RBACIssues.binding(account, nil, isNamespaced: false).map(\.path) == [
                "subjects[0].apiGroup", "subjects[0].namespace",
            ])
    }
}
