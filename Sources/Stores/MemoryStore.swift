// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The store as a dictionary and an array: what the other stores are compared with, and what tests of upper floors use.
///
/// It keeps every promise of `Store` except that it forgets all when the process ends.
package final class MemoryStore: Store {
    private struct State {
        var objects: [StoreKey: Stored] = [:]
        var history = EventRing<StoreEvent>(floor: .zero, capacity: .max)
        var revision = Revision.zero

        mutating func apply(_ change: Change) throws(StoreError) -> Revision {
            let action = try change.action(present: objects[change.key]?.revision)
            revision = Revision(revision.value + 1)
            let stored = Stored(key: change.key, object: change.object, revision: revision)
            objects[change.key] = action == .deleted ? nil : stored
            history.append(StoreEvent(action: action, stored: stored))
            return revision
        }

        func events(after revision: Revision) throws(StoreError) -> [StoreEvent] {
            guard history.covers(revision), revision <= self.revision else { throw .expired(oldest: history.floor) }
            return history.events(after: revision, limit: 256)
        }
    }

    private let state = Mutex(State())
    private let signal = RevisionSignal(reached: .zero)

    package init() {}

    package func commit(_ change: Change) async throws -> Revision {
        let revision = try state.withLock { state throws(StoreError) in try state.apply(change) }
        signal.advance(to: revision)
        return revision
    }

    package func get(_ key: StoreKey) async throws -> Stored? { state.withLock { $0.objects[key] } }

    package func list(_ prefix: StorePrefix) async throws -> Snapshot {
        let (objects, revision) = state.withLock { ($0.objects, $0.revision) }
        let items = objects.values.filter { prefix.contains($0.key) }.sorted { $0.key < $1.key }
        return Snapshot(items: items, revision: revision)
    }

    package func changes(after revision: Revision) async throws -> AsyncThrowingStream<StoreEvent, any Error> {
        _ = try events(after: revision)
        return ChangeFeed(signal: signal) { try self.events(after: $0) }.stream(after: revision)
    }

    package func compact(through revision: Revision) async throws {
        state.withLock { $0.history.forget(through: min(revision, $0.revision)) }
    }

    package func currentRevision() async throws -> Revision { state.withLock { $0.revision } }

    private func events(after revision: Revision) throws(StoreError) -> [StoreEvent] {
        try state.withLock { state throws(StoreError) in try state.events(after: revision) }
    }
}
