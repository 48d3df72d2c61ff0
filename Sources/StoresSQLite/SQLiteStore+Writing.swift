// SPDX-License-Identifier: Apache-2.0

import CSQLite
import Observing
package import Stores
import Synchronization

extension SQLiteStore {
    /// Makes one change; everything that waits at the same time shares one transaction and one flush to the disk.
    ///
    /// A change that was given to the writer is made even if the caller is cancelled. When the disk is full or does not
    /// answer, or when too many changes wait, it throws `StoreError.unavailable`.
    package func commit(_ change: Change) async throws -> Revision {
        try await withCheckedThrowingContinuation { caller in
            let entry = queue.withLock { $0.add(WriteQueue.Pending(change: change, caller: caller)) }
            switch entry {
            case .waits: return
            case .wakesWriter: wakeWriter()
            case .refused(let error): caller.resume(throwing: error)
            }
        }
    }

    /// The next batch has its turn after what else the writer was asked, so that a slice of compaction is never starved.
    private func wakeWriter() {
        writer.schedule { connection in
            if self.writeBatch(connection) { self.wakeWriter() }
        }
    }

    /// Writes what waits and answers its callers; returns whether there was anything.
    func writeBatch(_ connection: Connection) -> Bool {
        let batch = queue.withLock { $0.takeBatch() }
        guard !batch.isEmpty else { return false }
        do {
            let start = ContinuousClock.now
            let results = try write(batch.map(\.change), connection)
            metrics.committed(batch.count, took: ContinuousClock.now - start)
            publish(results.compactMap { try? $0.get() })
            for (pending, result) in zip(batch, results) {
                pending.caller.resume(with: result.map(\.stored.revision).mapError { $0 as any Error })
            }
        } catch {
            metrics.refused(batch.count)
            let refusal = (error as? SQLiteError)?.asStoreError ?? .unavailable("\(error)")
            for pending in batch { pending.caller.resume(throwing: refusal) }
        }
        return true
    }

    private func write(_ changes: [Change], _ connection: Connection) throws -> [Result<StoreEvent, StoreError>] {
        let tables = Tables(connection: connection)
        return try connection.transaction {
            var revision = try tables.marks().newest
            // After a failed flush nobody knows whether the file has more than was told to anyone.
            guard revision == signal.reached else {
                throw SQLiteError(
                    code: SQLITE_ERROR, message: "the file is at another revision: restart to read it again")
            }
            return try changes.map { change in
                let next = Revision(revision.value + 1)
                do {
                    let event = try tables.apply(change, at: next)
                    revision = next
                    return .success(event)
                } catch let error as StoreError {
                    return .failure(error)
                }
            }
        }
    }

    /// Lets watchers see events; only after their transaction was committed.
    private func publish(_ events: [StoreEvent]) {
        guard let last = events.last else { return }
        recent.withLock { recent in
            for event in events { recent.append(event) }
        }
        signal.advance(to: last.stored.revision)
    }
}
