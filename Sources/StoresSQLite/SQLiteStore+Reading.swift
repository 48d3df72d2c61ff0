// SPDX-License-Identifier: Apache-2.0

package import Stores
import Synchronization

extension SQLiteStore {
    /// How many events are read at a time.
    private static let pageSize = 256

    package func get(_ key: StoreKey) async throws -> Stored? {
        try await read { try $0.object(key) }
    }

    package func list(_ prefix: StorePrefix) async throws -> Snapshot {
        try await read { tables in
            try tables.connection.transaction("BEGIN") {
                let revision = try tables.marks().newest
                return Snapshot(items: try tables.objects(prefix), revision: revision)
            }
        }
    }

    /// The newest events come from memory, older ones from the file.
    package func changes(after revision: Revision) async throws -> AsyncThrowingStream<StoreEvent, any Error> {
        let oldest = compacted.withLock(\.self)
        guard revision >= oldest, revision <= signal.reached else { throw StoreError.expired(oldest: oldest) }
        return ChangeFeed(signal: signal) { try await self.events(after: $0) }.stream(after: revision)
    }

    /// History begins after this revision.
    package var oldestRevision: Revision { compacted.withLock(\.self) }

    package func currentRevision() async throws -> Revision { signal.reached }

    private func events(after revision: Revision) async throws -> [StoreEvent] {
        let oldest = compacted.withLock(\.self)
        guard revision >= oldest else { throw StoreError.expired(oldest: oldest) }
        let inMemory = recent.withLock { $0.covers(revision) ? $0.events(after: revision, limit: Self.pageSize) : nil }
        if let inMemory { return inMemory }
        return try await read { tables in
            try tables.connection.transaction("BEGIN") {
                let oldest = try tables.marks().compacted
                guard revision >= oldest else { throw StoreError.expired(oldest: oldest) }
                return try tables.events(after: revision, limit: Self.pageSize)
            }
        }
    }

    /// Asks the reader with the least to do.
    private func read<Value: Sendable>(_ body: @escaping @Sendable (Tables) throws -> Value) async throws -> Value {
        let reader = readers.min { $0.load < $1.load } ?? writer
        do {
            return try await reader.run { try body(Tables(connection: $0)) }
        } catch let error as SQLiteError {
            throw error.asStoreError
        }
    }
}
