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

    private static func selector(labels: [String: String]) -> JSON {
        let members = labels.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
        return ["matchLabels": .object(JSONObject(members))]
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
