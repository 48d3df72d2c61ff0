// SPDX-License-Identifier: Apache-2.0

package import Resources

extension Role {
    /// Whether its rules are those of other ClusterRoles, and none of its own.
    package var isAggregating: Bool { !aggregates.isEmpty }

    /// The rules that a ClusterRole has among all of its organization: its own, or those of the roles that it selects and
    /// of what these select in turn; in the order of the roles' names, each rule once.
    ///
    /// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
    package func effectiveRules(among clusterRoles: [Role]) -> [PolicyRule] {
        guard isAggregating else { return rules }
        let sorted = clusterRoles.sorted { $0.name < $1.name }
        var seen: Set<String> = []
        var known: Set<PolicyRule> = []
        var result: [PolicyRule] = []
        collect(sorted, &seen) { rule in
            if known.insert(rule).inserted { result.append(rule) }
        }
        return result
    }

    /// Roles may select one another; each is looked at once.
    private func collect(_ others: [Role], _ seen: inout Set<String>, _ found: (PolicyRule) -> Void) {
        guard seen.insert(name).inserted else { return }
        guard isAggregating else { return rules.forEach(found) }
        for other in others where aggregates.contains(where: { $0.matches(other.labels) }) {
            other.collect(others, &seen, found)
        }
    }
}

extension LabelSelector {
    /// Selects what has all these labels.
    package static func labels(_ labels: [String: String]) -> LabelSelector {
        LabelSelector(
            labels.sorted { $0.key < $1.key }.map { Requirement(key: $0.key, operator: .isIn, values: [$0.value]) })
    }

    /// Selects nothing: what a selector means that cannot be read.
    static let nothing = LabelSelector([Requirement(key: "", operator: .exists)])
}
