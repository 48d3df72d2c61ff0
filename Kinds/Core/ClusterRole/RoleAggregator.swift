// SPDX-License-Identifier: Apache-2.0

import Access
import Clients
import JSONTree
import Login
import Resources

/// Writes into each ClusterRole with an aggregation rule the rules of the ClusterRoles that it selects.
///
/// Decisions do not wait for it, for they follow the selectors themselves: it keeps `rules` true for who reads them.
struct RoleAggregator: Sendable {
    static let identity = ServiceIdentity.controller("role-aggregation")

    let client: any ObjectClient
    let roles: Lister

    /// Looks at all ClusterRoles of one organization.
    func pass(_ organization: String) async throws -> Duration? {
        let stored = roles.list(in: Scope(.one(organization)))
        let all = stored.map { Access.Role($0) }
        for (object, role) in zip(stored, all) where role.isAggregating && !object.isDeleting {
            let rules = role.effectiveRules(among: all)
            guard rules != role.rules else { continue }
            let patch: JSON = [
                "metadata": ["resourceVersion": .string(object.metadata.resourceVersion ?? "")],
                "rules": .array(rules.map(\.tree)),
            ]
            _ = try await client.patch(ClusterRole.type, object.key, .merge(patch), WriteOptions())
        }
        return nil
    }
}
