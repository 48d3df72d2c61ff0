// SPDX-License-Identifier: Apache-2.0

import Stores

/// The changes that wait for the writer, and their callers.
struct WriteQueue {
    struct Pending {
        let change: Change
        let caller: CheckedContinuation<Revision, any Error>
    }

    /// What became of a change that was brought to the queue.
    enum Entry {
        /// The writer is awake and will come to it.
        case waits
        /// The writer must be woken for it.
        case wakesWriter
        case refused(StoreError)
    }

    private let capacity: Int
    private let batchLimit: Int
    private var pending: [Pending] = []
    private var isWriterAwake = false
    private(set) var isClosed = false

    init(capacity: Int, batchLimit: Int) {
        self.capacity = capacity
        self.batchLimit = batchLimit
    }

    var count: Int { pending.count }

    mutating func add(_ change: Pending) -> Entry {
        guard !isClosed else { return .refused(.unavailable("the store is closed")) }
        guard pending.count < capacity else {
            return .refused(.unavailable("\(capacity) changes wait for the disk already: try again later"))
        }
        pending.append(change)
        defer { isWriterAwake = true }
        return isWriterAwake ? .waits : .wakesWriter
    }

    /// What the writer does in its next transaction; when that is nothing, the writer sleeps.
    mutating func takeBatch() -> [Pending] {
        let batch = Array(pending.prefix(batchLimit))
        pending.removeFirst(batch.count)
        if batch.isEmpty { isWriterAwake = false }
        return batch
    }

    mutating func close() { isClosed = true }
}
