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
    /// For a ClusterRole that has, instead of its own rules, those of all ClusterRoles that one of these selects.
    package var aggregates: [LabelSelector]

    package init(
        namespace: String = "", name: String, labels: [String: String] = [:], rules: [PolicyRule],
        aggregates: [LabelSelector] = []
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
            aggregates: selectors.map { (try? LabelSelector(tree: $0)) ?? .nothing })
    }
}
