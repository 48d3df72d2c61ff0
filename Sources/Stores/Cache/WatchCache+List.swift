// SPDX-License-Identifier: Apache-2.0

extension WatchCache {
    /// A part of what is under a prefix, in the order of keys.
    ///
    /// - Parameters:
    ///   - past: the revision of the list's first page, for a further page: it is exactly as of then. Throws
    ///     `StoreError.expired` when the ring no longer reaches so far, or when there was no such revision yet.
    ///   - key: the `next` of the page before.
    ///   - limit: the most that the page may hold; absent for all.
    package func list(
        _ prefix: StorePrefix, at past: Revision? = nil, after key: StoreKey? = nil, limit: Int? = nil
    ) async throws -> CachePage {
        try await catchUp(to: store.currentRevision())
        let (objects, revision) = try withState { state throws(StoreError) in
            (try state.objects(at: past ?? state.revision, under: prefix), past ?? state.revision)
        }
        let (items, remaining) = objects.page(prefix, after: key, limit: limit)
        let next = remaining > 0 ? items.last?.key ?? key : nil
        return CachePage(items: items, revision: revision, remaining: remaining, next: next)
    }
}

extension WatchCache {
    /// All objects under some prefixes, of one moment and in the order of the prefixes: for small sets that every write asks for.
    package func objects(under prefixes: [StorePrefix]) async throws -> [Stored] {
        try await catchUp(to: store.currentRevision())
        let objects = withState { $0.objects }
        return prefixes.flatMap { objects.page($0, after: nil, limit: nil).items.map(\.stored) }
    }
}
