// SPDX-License-Identifier: Apache-2.0

import Logging
import Observing
import ServiceLifecycle
package import Stores
import Synchronization

extension SQLiteStore: Service {
    /// Keeps the file in shape until cancellation or graceful shutdown: checkpoints, compaction, free pages.
    package func run() async throws { await run(clock: ContinuousClock()) }

    /// The same with a clock of the caller's.
    ///
    /// An error (a full disk) is logged and the work tried again a period later.
    package func run(clock: some Clock<Duration>) async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await self.upkeep() } catch {
                    self.logger.error("the store's file cannot be kept in shape", metadata: [LogKey.error: "\(error)"])
                }
                do { try await clock.sleep(for: self.options.period) } catch { return }
            }
        }
    }

    /// One round of `run()`.
    func upkeep() async throws {
        try await checkpoint()
        let (newest, oldest) = (signal.reached.value, compacted.withLock { $0.value })
        if newest - oldest > options.keptRevisions + options.keptRevisions / 10 {
            try await compact(through: Revision(newest - options.keptRevisions))
        }
        try await giveBackFreePages()
        let pages = try await checkpointer.run { connection in
            let size = try connection.integer("PRAGMA page_size") ?? 0
            return size * (try connection.integer("PRAGMA page_count") ?? 0)
        }
        metrics.stands(at: signal.reached.value, compacted: compacted.withLock { $0.value }, bytes: pages)
    }

    /// Copies the log into the file beside the writer.
    ///
    /// Under steady writing that never catches up with the end of the log, so that the log would only grow: then the last
    /// bit is done in the writer's place, and the next commit begins the log anew.
    func checkpoint() async throws {
        let beside = try await checkpointer.run { try $0.checkpoint() }
        guard beside.frames > options.logPages else { return }
        _ = try await writer.run { try $0.checkpoint() }
    }

    /// Forgets history in slices; commits go on between them.
    package func compact(through revision: Revision) async throws {
        do {
            try await markCompacted(min(revision, signal.reached))
            let (end, limit) = (compacted.withLock(\.self), options.sliceRows)
            while try await writer.run({ try Tables(connection: $0).deleteHistory(through: end, limit: limit) }) {}
        } catch let error as SQLiteError {
            throw error.asStoreError
        }
    }

    /// The file says so before anyone hears it, and before the first row goes.
    private func markCompacted(_ revision: Revision) async throws {
        try await writer.run { connection in
            guard revision > self.compacted.withLock(\.self) else { return }
            try Tables(connection: connection).markCompacted(revision)
            self.compacted.withLock { $0 = revision }
            self.recent.withLock { $0.forget(through: revision) }
        }
    }

    func giveBackFreePages() async throws {
        let (kept, slice) = (options.keptFreePages, options.slicePages)
        while try await writer.run({ connection in
            let free = try connection.integer("PRAGMA freelist_count") ?? 0
            guard free > kept else { return false }
            try connection.run("PRAGMA incremental_vacuum(\(min(slice, free - kept)))")
            return true
        }) {}
    }
}
