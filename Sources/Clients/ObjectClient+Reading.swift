// SPDX-License-Identifier: Apache-2.0

package import Resources

extension ObjectClient {
    /// The object at that key; absent when there is none.
    package func find(_ type: ResourceType, _ key: ObjectKey) async throws -> Object? {
        do {
            return try await get(type, key)
        } catch let error as APIError where error.reason == .notFound {
            return nil
        }
    }

    /// The whole list, page after page; when a page comes too late it is asked for once more in one piece.
    package func listAll(_ type: ResourceType, _ query: ListQuery) async throws -> ObjectList {
        let (items, resourceVersion) = try await listAll(type, query, as: { $0 })
        return ObjectList(items: items, resourceVersion: resourceVersion)
    }

    /// The same, where something smaller is kept of each object.
    func listAll<Element>(
        _ type: ResourceType, _ query: ListQuery, as keep: (Object) -> Element
    ) async throws -> (items: [Element], resourceVersion: String) {
        var query = query
        var items: [Element] = []
        while true {
            let page: ObjectList
            do {
                page = try await list(type, query)
            } catch let error where error.isExpired && query.continueToken != nil {
                query.continueToken = nil
                query.limit = nil
                let whole = try await list(type, query)
                return (whole.items.map(keep), whole.resourceVersion)
            }
            items += page.items.map(keep)
            query.continueToken = page.continueToken
            if page.continueToken == nil { return (items, page.resourceVersion) }
        }
    }
}

extension WatchEvent {
    /// Where a watch that ends after this event goes on.
    package var resourceVersion: String? {
        switch self {
        case .added(let object), .modified(let object), .deleted(let object): object.metadata.resourceVersion
        case .bookmark(let resourceVersion): resourceVersion
        }
    }
}

extension Error {
    /// Whether history before a resourceVersion is gone: the list must be made anew.
    package var isExpired: Bool {
        guard let error = self as? APIError else { return false }
        return error.reason == .expired || error.reason == .gone
    }
}
