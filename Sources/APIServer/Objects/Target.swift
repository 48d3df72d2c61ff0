// SPDX-License-Identifier: Apache-2.0

package import Access
package import Resources
package import Schemas
package import Stores

/// What a request is about: a kind in a version and where, then one object of it, a set, or a door of an object.
package struct Target: Sendable {
    package let served: ServedResource
    package let organizations: Scope.Organizations
    /// As the request names it; absent for all namespaces.
    package let namespace: String?
    package let name: String?
    package let subresource: String?

    /// A target as a request names it; nothing is looked up.
    package init(
        _ served: ServedResource, in organizations: Scope.Organizations, namespace: String? = nil, name: String? = nil,
        subresource: String? = nil
    ) {
        self.served = served
        self.organizations = organizations
        self.namespace = namespace
        self.name = name
        self.subresource = subresource
    }

    package var kind: Kind { served.kind }

    /// The kind of which a body must be: an action has its own.
    var bodyKind: GroupVersionKind {
        kind.actions.first { $0.name == subresource }?.kind ?? served.type.kind
    }

    /// The name that the path gives; throws `APIError.badRequest` when it gives none.
    package func requiredName() throws(APIError) -> String {
        guard let name, !name.isEmpty else { throw APIError(.badRequest, "name must be provided") }
        return name
    }

    /// The store's key for an object of this name; one object lives in one organization.
    package func key(_ name: String) throws(APIError) -> StoreKey {
        guard case .one(let organization) = organizations else {
            throw APIError(.methodNotAllowed, "only lists and watches go over all organizations; name one in the path")
        }
        guard !name.contains("/"), !(namespace ?? "").contains("/") else { throw notFound(name) }
        return storeKey(name, in: isHeldByOrganizations ? organization : "")
    }

    private func storeKey(_ name: String, in organization: String) -> StoreKey {
        let space = kind.isNamespaced ? namespace ?? "" : ""
        return StoreKey(kind.groupResource, ObjectKey(organization: organization, namespace: space, name: name))
    }

    private var isHeldByOrganizations: Bool { kind.tenancy == .organization || kind.tenancy == .layered }

    /// The organization that sees the root's objects beside its own; absent elsewhere and for other kinds.
    package var upperLayer: String? {
        guard kind.tenancy == .layered, case .one(let organization) = organizations, !organization.isEmpty else {
            return nil
        }
        return organization
    }

    /// The key of the root's object of this name, where that is seen too.
    package func lowerKey(_ name: String) -> StoreKey? { upperLayer == nil ? nil : storeKey(name, in: "") }

    /// All that a list or a watch covers.
    package var prefix: StorePrefix {
        let space = kind.isNamespaced ? namespace : nil
        let holders = isHeldByOrganizations ? (upperLayer == nil ? organizations : .everywhere) : .root
        return StorePrefix(kind.groupResource, Scope(holders, namespace: space))
    }

    /// Whether an object under the prefix is meant: over all organizations a namespace has no prefix of its own.
    package func covers(_ key: StoreKey) -> Bool {
        if let upperLayer, !["", upperLayer].contains(key.object.organization) { return false }
        return !kind.isNamespaced || namespace == nil || key.object.namespace == namespace
    }

    /// The same kind and place for one object of it.
    package func named(_ name: String) -> Target {
        Target(served, in: organizations, namespace: namespace, name: name, subresource: subresource)
    }

    /// What RBAC is asked for it.
    package func accessRequest(_ verb: String, by user: UserInfo) -> AccessRequest {
        AccessRequest(
            user: user, organizations: organizations, verb: verb,
            target: .resource(
                kind.groupResource, subresource: subresource, namespace: namespace ?? "", name: name))
    }
}
