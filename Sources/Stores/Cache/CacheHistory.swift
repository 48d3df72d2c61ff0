// SPDX-License-Identifier: Apache-2.0

/// The beginning of a watch that is older than the cache's events: reads the store's history up to them.
struct CacheHistory {
    private static let batchLimit = 256

    private let watch: CacheWatch
    private var events: AsyncThrowingStream<StoreEvent, any Error>.Iterator
    /// The newest states that were read, so that later events know what was before them.
    private var read: [StoreKey: CachedObject] = [:]
    private(set) var cursor: Revision

    /// Absent where the watch begins in the ring.
    init?(_ watch: CacheWatch) {
        guard let history = watch.history else { return nil }
        self.watch = watch
        events = history.makeAsyncIterator()
        cursor = watch.position
    }

    /// The next events; none when the ring has what comes after `cursor`.
    mutating func next() async throws -> [CacheEvent]? {
        var batch: [CacheEvent] = []
        while batch.count < Self.batchLimit {
            let cursor = cursor
            // The ring begins at or before the store's newest revision, so that there is an event to read.
            if watch.cache.withState({ $0.ring.covers(cursor) || $0.isClosed }) { break }
            guard let event = try await events.next() else { break }
            self.cursor = event.revision
            guard watch.prefix.contains(event.stored.key) else { continue }
            let object = CachedObject(event.stored)
            batch.append(CacheEvent(action: event.action, stored: object, previous: read[object.key]))
            read[object.key] = event.action == .deleted ? nil : object
        }
        return batch.isEmpty ? nil : batch
    }
}
