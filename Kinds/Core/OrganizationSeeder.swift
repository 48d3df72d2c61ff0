// SPDX-License-Identifier: Apache-2.0

import Access
import Clients
import JSONTree
import Login
import Resources

/// Makes in each organization, and at the root, what every Kubernetes API has from the start: the namespace `default` and
/// the built-in roles and bindings, so that `kubectl get clusterroles` shows them.
///
/// Rules that a later version adds to a built-in role are added to the stored one; nothing is taken away, and a role whose
/// annotation `rbac.authorization.kubernetes.io/autoupdate` is `false` is left as it is.
struct OrganizationSeeder: Sendable {
    static let identity = ServiceIdentity.controller("seeds")
    private static let autoupdate = "rbac.authorization.kubernetes.io/autoupdate"
    private static let bootstrapping = "kubernetes.io/bootstrapping"

    let client: any ObjectClient
    /// The built-in kinds, which contribute to the built-in roles.
    var kinds: [GroupResource] = []

    /// Seeds one organization; empty for the root.
    func pass(_ organization: String) async throws -> Duration? {
        let key = ObjectKey(organization: organization, name: "default")
        if try await client.find(Namespace.type, key) == nil {
            try await create(Object(Namespace.type.kind, key: key), Namespace.type)
        }
        let builtIn = BuiltInRoles(isRoot: organization.isEmpty, kinds: kinds)
        for role in builtIn.roles { try await seed(role, organization) }
        for binding in builtIn.bindings {
            let object = binding.object(organization: organization)
            if try await client.find(ClusterRoleBinding.type, object.key) == nil {
                try await create(Self.marked(object), ClusterRoleBinding.type)
            }
        }
        return nil
    }

    private func seed(_ role: Access.Role, _ organization: String) async throws {
        let object = role.object(organization: organization)
        guard let stored = try await client.find(ClusterRole.type, object.key) else {
            return try await create(Self.marked(object), ClusterRole.type)
        }
        guard stored.metadata.annotations[Self.autoupdate] != "false" else { return }
        guard let patch = growth(of: stored, to: role) else { return }
        _ = try await client.patch(ClusterRole.type, object.key, .merge(patch), WriteOptions())
    }

    /// What a stored role lacks of the built-in one; absent when that is nothing.
    private func growth(of stored: Object, to role: Access.Role) -> JSON? {
        let known = Access.Role(stored)
        let labels = role.labels.filter { known.labels[$0.key] == nil }
        let rules = known.rules.uncovered(of: role.rules)
        let selectors = role.aggregates.filter { !known.aggregates.contains($0) }
        guard !labels.isEmpty || !rules.isEmpty || !selectors.isEmpty else { return nil }
        var grown = known
        grown.aggregates += selectors
        let tree = grown.object(organization: stored.organization).tree
        var patch: JSON = ["metadata": ["resourceVersion": .string(stored.metadata.resourceVersion ?? "")]]
        if !labels.isEmpty {
            patch["metadata"]?["labels"] = .object(JSONObject(labels.map { ($0.key, JSON.string($0.value)) }))
        }
        if !selectors.isEmpty { patch["aggregationRule"] = tree["aggregationRule"] }
        if !rules.isEmpty { patch["rules"] = .array((known.rules + rules).map(\.tree)) }
        return patch
    }

    private func create(_ object: Object, _ type: ResourceType) async throws {
        do {
            _ = try await client.create(type, object, WriteOptions())
        } catch let error as APIError where error.reason == .alreadyExists {
            // Another replica seeded it at the same time.
        }
    }

    private static func marked(_ object: Object) -> Object {
        var object = object
        object.metadata.labels[bootstrapping] = "rbac-defaults"
        object.metadata.annotations[autoupdate] = "true"
        return object
    }
}
