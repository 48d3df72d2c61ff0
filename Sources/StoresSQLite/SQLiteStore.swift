// SPDX-License-Identifier: Apache-2.0

package import Logging
import Observing
import Stores
import Synchronization

/// The store in one SQLite file: the embedded default, for one process.
///
/// One thread writes; it takes everything that waits into one transaction and flushes it to the disk before anyone hears
/// of it (`synchronous=FULL`: a loss of power loses nothing acknowledged). Readers have connections of their own and never
/// wait for the writer. `run()` must run beside it, else the write-ahead log only grows.
package final class SQLiteStore: Store {
    let options: Options
    let logger: Logger
    let writer: Worker
    /// Copies the write-ahead log into the file, off the path of commits.
    let checkpointer: Worker
    let readers: [Worker]
    let queue: Mutex<WriteQueue>
    /// The newest events, for those who follow.
    let recent: Mutex<EventRing<StoreEvent>>
    /// History begins after this revision.
    let compacted: Mutex<Revision>
    /// The newest revision that is on the disk and may be told.
    let signal: RevisionSignal
    let metrics = StoreMetrics()
    private let lock: FileLock

    /// Opens the file and recovers what a crash left in its log; makes both where they are missing, for the owner only.
    ///
    /// Throws `SQLiteError` when another process has it open, when it is not ours, or when a newer release wrote it.
    package init(path: String, options: Options = Options(), logger: Logger = Logger(label: "scs.store")) throws {
        self.options = options
        self.logger = logger
        lock = try FileLock(path: "\(path)-lock")
        try FileLock.makePrivateFile(path)
        writer = try Worker(path: path, name: "scs.store.writer") { connection in
            try Schema.prepare(connection)
            try Self.configure(connection)
            try connection.run("PRAGMA cache_size = -16384")
            if let pages = options.maximumPages { try connection.run("PRAGMA max_page_count = \(pages)") }
        }
        checkpointer = try Worker(path: path, name: "scs.store.checkpointer", prepare: Self.configure)
        readers = try (0..<options.readers).map { number in
            try Worker(path: path, name: "scs.store.reader-\(number)") { connection in
                try Self.configure(connection)
                try connection.run("PRAGMA query_only = 1")
            }
        }
        queue = Mutex(WriteQueue(capacity: options.pendingChanges, batchLimit: options.batchLimit))
        let marks = try writer.runNow { try Tables(connection: $0).marks() }
        recent = Mutex(EventRing(floor: marks.newest, capacity: options.recentEvents))
        compacted = Mutex(marks.compacted)
        signal = RevisionSignal(reached: marks.newest)
    }

    private static func configure(_ connection: Connection) throws {
        try connection.run("PRAGMA synchronous = FULL")
        // Checkpoints are `upkeep`'s, never a commit's.
        try connection.run("PRAGMA wal_autocheckpoint = 0")
        try connection.run("PRAGMA journal_size_limit = \(64 << 20)")
    }

    /// Writes what waits, refuses what comes later, ends all streams of changes, and closes the file.
    package func close() async throws {
        queue.withLock { $0.close() }
        try await writer.run { connection in
            while self.writeBatch(connection) {}
        }
        signal.close()
        for worker in readers + [checkpointer] { try await worker.run { $0.close() } }
        try await writer.run { connection in
            _ = try connection.checkpoint(truncating: true)
            connection.close()
        }
        lock.release()
    }
}
