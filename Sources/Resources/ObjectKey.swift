// SPDX-License-Identifier: Apache-2.0

/// Where one object of a kind lives: organization, namespace, name.
///
/// The organization is empty at the provider's root; the namespace is empty for a cluster-scoped object.
package struct ObjectKey: Hashable, Sendable {
    package var organization: String
    package var namespace: String
    package var name: String

    package init(organization: String, namespace: String = "", name: String) {
        self.organization = organization
        self.namespace = namespace
        self.name = name
    }
}

/// A set of objects of one kind: what a list or a watch is about.
package struct Scope: Hashable, Sendable {
    /// One organization, the provider's root (`.root`), or all of them and the root (`.everywhere`, the wildcard path).
    package enum Organizations: Hashable, Sendable {
        case one(String)
        case everywhere

        /// The provider's own organization, whose name is empty.
        package static let root = Organizations.one("")
    }

    package var organizations: Organizations
    /// One namespace; absent for all of them and for cluster-scoped kinds.
    package var namespace: String?

    package init(_ organizations: Organizations, namespace: String? = nil) {
        self.organizations = organizations
        self.namespace = namespace
    }

    package static let everywhere = Scope(.everywhere)

    /// True for the key of an object that a list of this scope would show.
    package func contains(_ key: ObjectKey) -> Bool {
        if case .one(let organization) = organizations, organization != key.organization { return false }
        return namespace == nil || namespace == key.namespace
    }
}

/// One object, named with its kind: what conditions, events and guards point at.
package struct ObjectReference: Hashable, Sendable {
    package var kind: GroupVersionKind
    package var key: ObjectKey
    package var uid: String?

    package init(kind: GroupVersionKind, key: ObjectKey, uid: String? = nil) {
        self.kind = kind
        self.key = key
        self.uid = uid
    }
}
