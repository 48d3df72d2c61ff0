// SPDX-License-Identifier: Apache-2.0

import Access
import ClientContract
import Clients
import JSONTree
import Resources
import TestTime
import Testing

@testable import CoreKinds

@Suite("RBAC of all organizations", .timeLimit(.minutes(1)))
struct RBACAuthorizerTests {
    static func request(_ user: UserInfo, in organization: String) -> AccessRequest {
        AccessRequest(
            user: user, organizations: .one(organization), verb: "list",
            target: .resource(
                GroupResource(group: "", resource: "configmaps"), subresource: nil, namespace: "demo", name: nil))
    }

    @Test("follows the objects, each organization's for itself")
    func follows() async throws {
        let client = MemoryObjectClient()
        let informers = Informers(client: client)
        let authorizer = RBACAuthorizer(informers: informers)
        let binding = Access.RoleBinding(
            namespace: "demo", name: "b", role: .clusterRole("view"), subjects: [.user("ann")])
        let object = binding.object(organization: "acme")
        let ann = UserInfo(name: "ann", organization: "acme"), other = UserInfo(name: "ann", organization: "umbrella")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            try await eventually("the first lists") { authorizer.hasSynced }
            #expect(!authorizer.decide(Self.request(ann, in: "acme")).isAllowed)
            _ = try await client.create(roleBindingType, object, WriteOptions())
            try await eventually("the right") { authorizer.decide(Self.request(ann, in: "acme")).isAllowed }
            #expect(!authorizer.decide(Self.request(other, in: "umbrella")).isAllowed)
            #expect(!authorizer.rules(for: ann, in: .one("acme"), namespace: "demo").isEmpty)
            try await client.delete(roleBindingType, object.key, DeleteOptions())
            try await eventually("the right's end") { !authorizer.decide(Self.request(ann, in: "acme")).isAllowed }
            group.cancelAll()
        }
    }

    @Test("lets our own controllers work before anything is known")
    func bootstrap() {
        let authorizer = RBACAuthorizer(informers: Informers(client: MemoryObjectClient()))
        var request = Self.request(GarbageCollector.identity, in: "acme")
        #expect(authorizer.decide(request).isAllowed)
        request.organizations = .everywhere
        #expect(authorizer.decide(request).isAllowed)
    }
}

@Suite("Seeds of an organization", .timeLimit(.minutes(1)))
struct OrganizationSeederTests {
    @Test("are there once, whoever seeds how often", arguments: ["", "acme"])
    func seeds(organization: String) async throws {
        let client = MemoryObjectClient()
        let seeder = OrganizationSeeder(client: client)
        _ = try await seeder.pass(organization)
        let revision = client.revision
        _ = try await seeder.pass(organization)
        #expect(client.revision == revision)
        let roles = try await client.listAll(ClusterRole.type, ListQuery(Scope(.one(organization)))).items
        let builtIn = BuiltInRoles(isRoot: organization.isEmpty)
        #expect(Set(roles.map(\.metadata.name)) == Set(builtIn.roles.map(\.name)))
        let bindings = try await client.listAll(ClusterRoleBinding.type, ListQuery(Scope(.one(organization)))).items
        #expect(bindings.count == builtIn.bindings.count)
        #expect(try await client.find(Namespace.type, ObjectKey(organization: organization, name: "default")) != nil)
    }

    @Test("grow with a new version, lose nothing, and leave alone what says so")
    func growth() async throws {
        let client = MemoryObjectClient()
        let seeder = OrganizationSeeder(client: client)
        _ = try await seeder.pass("acme")
        let own = PolicyRule(verbs: ["get"], apiGroups: ["own.example"], resources: ["things"])
        let (view, edit) = (
            ObjectKey(organization: "acme", name: "system:aggregate-to-view"),
            ObjectKey(organization: "acme", name: "system:aggregate-to-edit")
        )
        let rules: JSON = ["rules": [own.tree]]
        _ = try await client.patch(ClusterRole.type, view, .merge(rules), WriteOptions())
        let annotation: JSON = ["annotations": ["rbac.authorization.kubernetes.io/autoupdate": "false"]]
        _ = try await client.patch(
            ClusterRole.type, edit, .merge(["rules": [own.tree], "metadata": annotation]), WriteOptions())
        _ = try await seeder.pass("acme")
        let stored = Access.Role(try await client.get(ClusterRole.type, view)).rules
        let builtIn = try #require(BuiltInRoles(isRoot: false).roles.first { $0.name == view.name }?.rules)
        #expect(stored.contains(own))
        #expect(stored.covers(builtIn))
        #expect(Access.Role(try await client.get(ClusterRole.type, edit)).rules == [own])
    }

    @Test("give an older role the labels and selectors that it lacks")
    func older() async throws {
        let client = MemoryObjectClient()
        let old = Access.Role(
            name: "view", rules: [], aggregates: [.labels(["own": "yes"])])
        _ = try await client.create(ClusterRole.type, old.object(organization: "acme"), WriteOptions())
        _ = try await OrganizationSeeder(client: client).pass("acme")
        let key = ObjectKey(organization: "acme", name: "view")
        let view = Access.Role(try await client.get(ClusterRole.type, key))
        #expect(view.labels["rbac.authorization.k8s.io/aggregate-to-edit"] == "true")
        #expect(
            view.aggregates == old.aggregates + [.labels(["rbac.authorization.k8s.io/aggregate-to-view": "true"])])
    }
}

@Suite("Aggregated roles", .timeLimit(.minutes(1)))
struct RoleAggregatorTests {
    @Test("show the rules of what they select, as that comes, changes and goes")
    func rules() async throws {
        let client = MemoryObjectClient()
        @Sendable func shown(_ name: String) async throws -> [PolicyRule] {
            let key = ObjectKey(organization: "acme", name: name)
            return Access.Role(try await client.get(ClusterRole.type, key)).rules
        }
        let rule = PolicyRule(verbs: ["get"], apiGroups: ["own.example"], resources: ["databases"])
        try await withControllers(client) {
            _ = try await OrganizationSeeder(client: client).pass("acme")
            try await eventually("the core's rules") {
                try await shown("admin").contains { $0.resources == ["rolebindings"] || $0.resources.contains("roles") }
            }
            let own = Access.Role(
                name: "databases", labels: ["rbac.authorization.k8s.io/aggregate-to-view": "true"], rules: [rule])
            let object = own.object(organization: "acme")
            _ = try await client.create(ClusterRole.type, object, WriteOptions())
            for name in ["view", "edit", "admin"] {
                try await eventually("the rule in \(name)") { try await shown(name).contains(rule) }
            }
            let forged: JSON = ["rules": [BuiltInRoles.everything.tree]]
            let view = ObjectKey(organization: "acme", name: "view")
            _ = try await client.patch(ClusterRole.type, view, .merge(forged), WriteOptions())
            try await eventually("what was written is undone") { try await shown("view").contains(rule) }
            try await client.delete(ClusterRole.type, object.key, DeleteOptions())
            try await eventually("the rule's end") { try await !shown("admin").contains(rule) }
        }
    }
}
