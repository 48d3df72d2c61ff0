// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources

/// Who gets a role, spelled so that a request's user can be looked up.
package enum Subject: Hashable, Sendable {
    case user(String)
    case group(String)

    package static func serviceAccount(namespace: String, name: String) -> Subject {
        .user(ServiceAccountName.user(namespace: namespace, name: name))
    }

    /// Reads a subject of a binding; a service account without a namespace is one of the binding's.
    package init?(tree: JSON, bindingNamespace: String) {
        guard let name = tree["name"]?.string else { return nil }
        switch tree["kind"]?.string {
        case "User": self = .user(name)
        case "Group": self = .group(name)
        case "ServiceAccount":
            let namespace = tree["namespace"]?.string ?? bindingNamespace
            guard !namespace.isEmpty else { return nil }
            self = .serviceAccount(namespace: namespace, name: name)
        default: return nil
        }
    }

    /// As reasons name it: `User "bob"`.
    package var text: String {
        switch self {
        case .user(let name): "User \"\(name)\""
        case .group(let name): "Group \"\(name)\""
        }
    }
}

/// A role given to subjects: a RoleBinding when it has a namespace, else a ClusterRoleBinding.
package struct RoleBinding: Hashable, Sendable {
    /// Which role, from the binding's point of view.
    package enum RoleReference: Hashable, Sendable {
        /// A Role in the binding's own namespace.
        case role(String)
        case clusterRole(String)
    }

    /// Empty for a ClusterRoleBinding.
    package var namespace: String
    package var name: String
    package var role: RoleReference
    package var subjects: [Subject]

    package init(namespace: String = "", name: String, role: RoleReference, subjects: [Subject]) {
        self.namespace = namespace
        self.name = name
        self.role = role
        self.subjects = subjects
    }

    /// Reads a RoleBinding or a ClusterRoleBinding; absent when it refers to no role that could exist.
    package init?(_ object: Object) {
        let metadata = object.metadata
        guard let role = RoleReference(tree: object.tree["roleRef"]) else { return nil }
        if case .role = role, metadata.namespace.isEmpty { return nil }
        let subjects = object.tree["subjects"]?.array ?? []
        self.init(
            namespace: metadata.namespace, name: metadata.name, role: role,
            subjects: subjects.compactMap { Subject(tree: $0, bindingNamespace: metadata.namespace) })
    }
}

extension RoleBinding.RoleReference {
    /// Reads a `roleRef`; absent when its group or kind is none of RBAC's.
    package init?(tree: JSON?) {
        guard let name = tree?["name"]?.string, (tree?["apiGroup"]?.string ?? rbacGroup) == rbacGroup else {
            return nil
        }
        switch tree?["kind"]?.string {
        case "Role": self = .role(name)
        case "ClusterRole": self = .clusterRole(name)
        default: return nil
        }
    }

    /// As reasons name it: `ClusterRole "view"`.
    var text: String {
        switch self {
        case .role(let name): "Role \"\(name)\""
        case .clusterRole(let name): "ClusterRole \"\(name)\""
        }
    }
}

/// The API group of the RBAC kinds.
package let rbacGroup = "rbac.authorization.k8s.io"
