// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Stores

/// Reads objects from the cache for admission and previews; asks nobody for permission.
struct CachedObjects: ObjectReader {
    let cache: WatchCache
    let catalog: Catalog.Source

    func object(_ type: ResourceType, _ key: ObjectKey) async throws -> Object? {
        let target = try target(type, .one(key.organization), namespace: key.namespace)
        guard let stored = try await cache.get(target.key(key.name)) else { return nil }
        return Object(try target.served.tree(stored), organization: key.organization)
    }

    func objects(_ type: ResourceType, in scope: Scope) async throws -> [Object] {
        let target = try target(type, scope.organizations, namespace: scope.namespace)
        return try await cache.list(target.prefix).items.filter { target.covers($0.key) }.map { stored in
            Object(try target.served.tree(stored.stored), organization: stored.key.object.organization)
        }
    }

    private func target(
        _ type: ResourceType, _ organizations: Scope.Organizations, namespace: String?
    ) throws(APIError) -> Target {
        guard let served = catalog(organizations).kind(type.resource) else {
            throw APIError(.notFound, "the server serves no \(type.groupResource.text) in version \(type.kind.version)")
        }
        return Target(served, in: organizations, namespace: type.isNamespaced ? namespace : nil)
    }
}
