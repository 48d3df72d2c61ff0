// SPDX-License-Identifier: Apache-2.0

package import Resources

/// Keeps people from giving themselves or others what they do not have.
///
/// Whoever writes a role must have its rules; whoever writes a binding must have the rules of its role. The verbs
/// `escalate` and `bind` lift this.
/// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
package struct Escalation: Sendable {
    private let reviewer: any RuleReviewer
    private let user: UserInfo
    private let organization: String
    /// Where the role or binding stands; empty for the cluster-wide ones.
    private let namespace: String

    package init(reviewer: any RuleReviewer, user: UserInfo, organization: String, namespace: String) {
        self.reviewer = reviewer
        self.user = user
        self.organization = organization
        self.namespace = namespace
    }

    /// What the user would grant without having it; empty when nothing stands against the role.
    package func excess(writing role: Role) async -> [PolicyRule] {
        let resource = role.namespace.isEmpty ? "clusterroles" : "roles"
        if await may("escalate", resource, named: role.name) { return [] }
        // Whatever will ever be selected is granted by an aggregating role, so only who has everything may write one.
        let wanted = role.rules + (role.isAggregating ? [BuiltInRoles.everything, BuiltInRoles.everyPath] : [])
        return await excess(of: wanted)
    }

    /// What the user would grant by binding a role with these rules, without having it.
    package func excess(binding role: RoleBinding.RoleReference, rules: [PolicyRule]) async -> [PolicyRule] {
        if await mayBind(role) { return [] }
        return await excess(of: rules)
    }

    /// Whether the user has `bind` on a role, so that even one that does not exist yet may be bound.
    package func mayBind(_ role: RoleBinding.RoleReference) async -> Bool {
        switch role {
        case .role(let name): await may("bind", "roles", named: name)
        case .clusterRole(let name): await may("bind", "clusterroles", named: name)
        }
    }

    private func excess(of rules: [PolicyRule]) async -> [PolicyRule] {
        await reviewer.rules(for: user, in: .one(organization), namespace: namespace).uncovered(of: rules)
    }

    private func may(_ verb: String, _ resource: String, named name: String) async -> Bool {
        let target = AccessRequest.Target.resource(
            GroupResource(group: rbacGroup, resource: resource), subresource: nil, namespace: namespace, name: name)
        let request = AccessRequest(user: user, organizations: .one(organization), verb: verb, target: target)
        return await reviewer.decide(request).isAllowed
    }
}
