// SPDX-License-Identifier: Apache-2.0

import Observing
import ServiceLifecycle
import Synchronization

/// All objects in memory and the newest events, in front of a store: what every read and watch of the API is served from.
///
/// - An acknowledged write is seen by every later read, by any client and, since each read first asks the store for its
///   revision, on any replica.
/// - All watchers share one ring of events; a watcher is a place in it and costs nothing while it sleeps. One that falls
///   out of the ring ends with `StoreError.expired`.
/// - Lists share the objects by reference and are walked outside the lock.
package final class WatchCache: Service {
    let store: any Store
    let metrics = WatchMetrics()
    private let state: Mutex<WatchCacheState>
    /// Minus one until everything is loaded.
    private let applied = RevisionSignal(reached: Revision(-1))

    /// A cache that is empty until `run()`.
    ///
    /// - Parameter eventCapacity: how many events watchers and continued lists can look back.
    package init(store: any Store, eventCapacity: Int = 16_384) {
        self.store = store
        state = Mutex(WatchCacheState(capacity: eventCapacity))
    }

    /// Loads everything and follows the store until cancellation or graceful shutdown; then all watches end.
    ///
    /// When the store's history was compacted faster than this could follow, it loads again, and the watches end with
    /// `StoreError.expired`. Any other error of the store is thrown.
    package func run() async throws {
        defer { close() }
        try await cancelWhenGracefulShutdown {
            do { try await self.follow() } catch is CancellationError { return }
        }
    }

    /// Returns once everything is loaded; throws `StoreError.unavailable` when the cache has ended.
    package func waitUntilReady() async throws { try await catchUp(to: .zero) }

    /// The newest revision that this cache has applied, for bookmarks; below zero before it is ready.
    package var currentRevision: Revision { applied.reached }

    /// Makes a change in the store and returns when this cache has it too.
    ///
    /// Throws what the store throws; a cancellation after the store's answer throws, though the change is made.
    package func commit(_ change: Change) async throws -> Revision {
        let revision = try await store.commit(change)
        try await catchUp(to: revision)
        return revision
    }

    /// The object at a key, not older than any acknowledged write.
    package func get(_ key: StoreKey) async throws -> Stored? {
        try await catchUp(to: store.currentRevision())
        return state.withLock { $0.objects[key]?.stored }
    }
}

extension WatchCache {
    private func follow() async throws {
        while !Task.isCancelled {
            let snapshot = try await store.list(.all)
            let sleepers = state.withLock { $0.load(snapshot) }
            for alarm in sleepers { alarm.ring(.reloaded) }
            applied.advance(to: snapshot.revision)
            do {
                for try await event in try await store.changes(after: snapshot.revision) { apply(event) }
                return
            } catch StoreError.expired {
                continue
            }
        }
    }

    private func apply(_ event: StoreEvent) {
        let (before, sleepers) = state.withLock { ($0.revision, $0.apply(event)) }
        for alarm in sleepers { alarm.ring(.event(after: before)) }
        applied.advance(to: event.revision)
    }

    private func close() {
        let sleepers = state.withLock { $0.close() }
        for alarm in sleepers { alarm.ring(.closed) }
        applied.close()
    }

    func catchUp(to revision: Revision) async throws {
        guard try await applied.wait(for: revision) else { throw StoreError.unavailable("the watch cache has ended") }
    }

    func withState<Value, Failure: Error>(
        _ body: (inout WatchCacheState) throws(Failure) -> sending Value
    ) throws(Failure) -> sending Value {
        try state.withLock { state throws(Failure) in try body(&state) }
    }
}
