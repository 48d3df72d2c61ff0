// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Resources

extension Role {
    /// The Role or ClusterRole that says this.
    package func object(organization: String) -> Object {
        let kind = namespace.isEmpty ? "ClusterRole" : "Role"
        var object = Object(
            GroupVersionKind(group: rbacGroup, version: "v1", kind: kind),
            key: ObjectKey(organization: organization, namespace: namespace, name: name))
        object.metadata.labels = labels
        if !aggregates.isEmpty {
            object.tree["aggregationRule"] = ["clusterRoleSelectors": .array(aggregates.map(Self.selector))]
        }
        object.tree["rules"] = .array(rules.map(\.tree))
        return object
    }

    private static func selector(_ selector: LabelSelector) -> JSON {
        let isPlain: (LabelSelector.Requirement) -> Bool = { $0.operator == .isIn && $0.values.count == 1 }
        let labels = selector.requirements.filter(isPlain).map { ($0.key, JSON.string($0.values[0])) }
        let others = selector.requirements.filter { !isPlain($0) }.map(expression)
        var tree = JSON.object(JSONObject())
        if !labels.isEmpty { tree["matchLabels"] = .object(JSONObject(labels)) }
        if !others.isEmpty { tree["matchExpressions"] = .array(others) }
        return tree
    }

    private static func expression(_ requirement: LabelSelector.Requirement) -> JSON {
        var tree: JSON = ["key": .string(requirement.key), "operator": .string(requirement.operator.rawValue)]
        if !requirement.values.isEmpty { tree["values"] = .array(requirement.values.map(JSON.string)) }
        return tree
    }
}

extension RoleBinding {
    /// The RoleBinding or ClusterRoleBinding that says this; service accounts stand there as users.
    package func object(organization: String) -> Object {
        let kind = namespace.isEmpty ? "ClusterRoleBinding" : "RoleBinding"
        var object = Object(
            GroupVersionKind(group: rbacGroup, version: "v1", kind: kind),
            key: ObjectKey(organization: organization, namespace: namespace, name: name))
        object.tree["roleRef"] = role.tree
        object.tree["subjects"] = .array(subjects.map(\.tree))
        return object
    }
}

extension RoleBinding.RoleReference {
    fileprivate var tree: JSON {
        let (kind, name) =
            switch self {
            case .role(let name): ("Role", name)
            case .clusterRole(let name): ("ClusterRole", name)
            }
        return ["apiGroup": .string(rbacGroup), "kind": .string(kind), "name": .string(name)]
    }
}

extension Subject {
    fileprivate var tree: JSON {
        let (kind, name) =
            switch self {
            case .user(let name): ("User", name)
            case .group(let name): ("Group", name)
            }
        return ["apiGroup": .string(rbacGroup), "kind": .string(kind), "name": .string(name)]
    }
}
