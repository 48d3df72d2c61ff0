// SPDX-License-Identifier: Apache-2.0

import Stores
import Synchronization

/// A memory store whose streams of changes, on demand, fall behind once.
final class ForgetfulStore: Store {
    private let store = MemoryStore()
    private let forgets = Mutex(false)

    func forgetOnce() { forgets.withLock { $0 = true } }

    func commit(_ change: Change) async throws -> Revision { try await store.commit(change) }
    func get(_ key: StoreKey) async throws -> Stored? { try await store.get(key) }
    func list(_ prefix: StorePrefix) async throws -> Snapshot { try await store.list(prefix) }
    func compact(through revision: Revision) async throws { try await store.compact(through: revision) }
    func currentRevision() async throws -> Revision { try await store.currentRevision() }

    func changes(after revision: Revision) async throws -> AsyncThrowingStream<StoreEvent, any Error> {
        let stream = try await store.changes(after: revision)
        return AsyncThrowingStream {
            var iterator = stream.makeAsyncIterator()
            let event = try await iterator.next()
            let mustForget = self.forgets.withLock { forgets in
                defer { forgets = false }
                return forgets
            }
            if mustForget { throw StoreError.expired(oldest: revision) }
            return event
        }
    }
}
