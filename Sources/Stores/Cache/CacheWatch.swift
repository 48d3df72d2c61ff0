// SPDX-License-Identifier: Apache-2.0

import Observing
import Synchronization

extension WatchCache {
    /// Follows what happens under a prefix after a revision.
    ///
    /// Where the revision is older than this cache's ring, the watch begins in the store's history, so that one from
    /// before a restart resumes. Throws `StoreError.expired` where that is compacted, and for a revision that has not been
    /// yet (a store that was restored from a backup): the client must list again.
    package func watch(_ prefix: StorePrefix, after revision: Revision) async throws -> CacheWatch {
        let newest = try await store.currentRevision()
        guard revision <= newest else { throw StoreError.expired(oldest: newest) }
        try await catchUp(to: newest)
        var history: AsyncThrowingStream<StoreEvent, any Error>?
        if withState({ !$0.ring.covers(revision) }) { history = try await store.changes(after: revision) }
        return CacheWatch(cache: self, prefix: prefix, after: revision, history: history)
    }

    /// Ends all present watches under a prefix once they have said what there is to say: their kind is served no more.
    package func endWatches(under prefix: StorePrefix) {
        for alarm in withState({ $0.end(prefix) }) { alarm.ring(.closed) }
    }

    /// Makes every watch that has nothing to say return an empty batch, for its reader to send a bookmark.
    package func requestBookmarks() {
        let (sleepers, revision) = withState { ($0.takeAllSleepers(), $0.revision) }
        for alarm in sleepers { alarm.ring(.bookmark(revision)) }
    }
}

/// The events under a prefix, in batches, for one reader.
///
/// A batch is empty after `WatchCache.requestBookmarks()`: `position` then says how far the watch is. It ends when the
/// cache does, and throws `StoreError.expired` when the reader was too slow.
package final class CacheWatch: AsyncSequence, Sendable {
    package typealias Element = [CacheEvent]

    let cache: WatchCache
    let prefix: StorePrefix
    let history: AsyncThrowingStream<StoreEvent, any Error>?
    private let begin: Int
    private let place: Mutex<Revision>

    init(
        cache: WatchCache, prefix: StorePrefix, after revision: Revision,
        history: AsyncThrowingStream<StoreEvent, any Error>?
    ) {
        self.cache = cache
        self.prefix = prefix
        self.history = history
        begin = cache.withState { $0.endings }
        place = Mutex(revision)
        cache.metrics.began()
    }

    deinit { cache.metrics.ended() }

    /// The reader has everything up to here, once it is done with the newest batch.
    package fileprivate(set) var position: Revision {
        get { place.withLock { $0 } }
        set { place.withLock { $0 = newValue } }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(watch: self, past: CacheHistory(self)) }

    package struct AsyncIterator: AsyncIteratorProtocol {
        let watch: CacheWatch
        var past: CacheHistory?

        /// The next events; throws `StoreError.expired` when they are no longer there.
        package mutating func next() async throws -> [CacheEvent]? {
            if var past {
                if let events = try await past.next() {
                    self.past = past
                    watch.position = past.cursor
                    return events
                }
                watch.position = past.cursor
                self.past = nil
            }
            return try await watch.nextFromRing()
        }
    }
}

extension CacheWatch {
    fileprivate func nextFromRing() async throws -> [CacheEvent]? {
        while true {
            let alarm = WakeUp<WatchCacheState.Wake>()
            let cursor = position
            switch cache.withState({ $0.read(prefix, after: cursor, begunAt: begin, orSleep: alarm) }) {
            case .events(let events, let revision):
                position = revision
                guard !events.isEmpty else { continue }
                cache.metrics.sent(events.count)
                return events
            case .behind(let floor):
                cache.metrics.dropped()
                throw StoreError.expired(oldest: floor)
            case .closed: return nil
            case .nothingNew:
                switch try await sleep(alarm) {
                case .event(let revision): position = revision
                case .bookmark(let revision):
                    position = revision
                    return []
                case .reloaded: throw StoreError.expired(oldest: cache.currentRevision)
                case .closed: return nil
                }
            }
        }
    }

    private func sleep(_ alarm: WakeUp<WatchCacheState.Wake>) async throws -> WatchCacheState.Wake {
        do { return try await alarm.wait() } catch {
            cache.withState { $0.forget(alarm, of: prefix) }
            throw error
        }
    }
}
