// SPDX-License-Identifier: Apache-2.0

package import Resources
package import Schemas

/// What is served at one place (the provider's root, or an organization), with the documents that tell of it.
///
/// An immutable value, made again when kinds come or go.
package struct Catalog: Sendable {
    /// The catalog of a place as it is now.
    package typealias Source = @Sendable (Scope.Organizations) -> Catalog

    package let kinds: [ServedResource]
    private let byResource: [GroupVersionResource: ServedResource]
    package let discovery: DiscoveryDocuments
    package let openAPI: OpenAPIDocuments

    /// The kinds of a registry that are served at the root, or with `isOrganization` in an organization.
    ///
    /// Throws only for a registry that was not consistent to begin with.
    package init(_ registry: KindRegistry, isOrganization: Bool) throws(InvalidKinds) {
        self.init(
            try KindRegistry(registry.kinds.servedIn(isOrganization: isOrganization)), isOrganization, sharing: nil)
    }

    /// - Parameter documents: those of the built-in kinds alone, which need not be made again.
    init(_ here: KindRegistry, _ isOrganization: Bool, sharing documents: OpenAPIDocuments?) {
        kinds = here.groupVersions.flatMap { here.served(in: $0) }.map { ServedResource($0.kind, $0.version) }
        byResource = Dictionary(kinds.map { ($0.resource, $0) }, uniquingKeysWith: { first, _ in first })
        discovery = DiscoveryDocuments(kinds) { isOrganization && $0.kind.tenancy == .shared }
        openAPI = OpenAPIDocuments(here, sharing: documents)
    }

    /// What a path names; absent when it is not served here.
    package func kind(_ resource: GroupVersionResource) -> ServedResource? { byResource[resource] }

    /// A source for a registry that never changes.
    package static func fixed(_ registry: KindRegistry) throws(InvalidKinds) -> Source {
        let root = try Catalog(registry, isOrganization: false)
        let organization = try Catalog(registry, isOrganization: true)
        return { if case .one(let name) = $0, !name.isEmpty { organization } else { root } }
    }
}

extension [Kind] {
    /// Those that are served in an organization, or at the root.
    func servedIn(isOrganization: Bool) -> [Kind] { filter { !isOrganization || $0.tenancy != .provider } }
}
