// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Cuts off a client that takes nothing of its answer, so that what waits to be sent to it is not kept for ever.
///
/// It looks once in every period whether one and the same write has lasted for all of it; a write that goes on costs no
/// timer of its own.
final class StallWatch: Sendable {
    private struct State {
        var writes = 0
        var isWriting = false
        /// The write that was under way when it was last looked at.
        var seen: Int?
    }

    private let state = Mutex(State())

    /// Does the work, and closes the channel when a write in it stalls for a whole period.
    func cutOff<Value>(
        _ channel: any Channel, after period: TimeAmount, while body: () async throws -> Value
    ) async rethrows -> Value {
        let looking = channel.eventLoop.scheduleRepeatedTask(initialDelay: period, delay: period) { task in
            guard self.hasStalled() else { return }
            task.cancel()
            channel.close(promise: nil)
        }
        defer { looking.cancel() }
        return try await body()
    }

    /// Does one write.
    func write(_ body: () async throws -> Void) async rethrows {
        state.withLock { state in
            state.writes += 1
            state.isWriting = true
        }
        defer { state.withLock { $0.isWriting = false } }
        try await body()
    }

    private func hasStalled() -> Bool {
        state.withLock { state in
            let current = state.isWriting ? state.writes : nil
            defer { state.seen = current }
            return current != nil && current == state.seen
        }
    }
}
