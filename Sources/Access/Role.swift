// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Resources

/// Permissions under a name: a Role when it has a namespace, else a ClusterRole.
package struct Role: Hashable, Sendable {
    /// Empty for a ClusterRole.
    package var namespace: String
    package var name: String
    package var labels: [String: String]
    package var rules: [PolicyRule]
    /// For a ClusterRole that has, beside its own rules, those of all ClusterRoles with all labels of one of these.
    package var aggregates: [[String: String]]

    package init(
        namespace: String = "", name: String, labels: [String: String] = [:], rules: [PolicyRule],
        aggregates: [[String: String]] = []
    ) {
        self.namespace = namespace
        self.name = name
        self.labels = labels
        self.rules = rules
        self.aggregates = aggregates
    }

    /// Reads a Role or a ClusterRole; what is malformed grants nothing.
    package init(_ object: Object) {
        let metadata = object.metadata
        let selectors = object.tree["aggregationRule"]?["clusterRoleSelectors"]?.array ?? []
        self.init(
            namespace: metadata.namespace, name: metadata.name, labels: metadata.labels,
            rules: object.tree["rules"]?.array?.map(PolicyRule.init(tree:)) ?? [],
            aggregates: selectors.compactMap(Self.labels))
    }
}

extension Role {
    /// The labels that a selector asks for; absent when it asks for none or in any other way, which then selects nothing.
    private static func labels(selector: JSON) -> [String: String]? {
        guard selector["matchExpressions"]?.array?.isEmpty ?? true, let wanted = selector["matchLabels"]?.object,
            !wanted.isEmpty
        else { return nil }
        return Dictionary(wanted.members.map { ($0.key, $0.value.string ?? "") }, uniquingKeysWith: { $1 })
    }

    func isAggregated(into role: Role) -> Bool {
        name != role.name && role.aggregates.contains { wanted in wanted.allSatisfy { labels[$0.key] == $0.value } }
    }
}
