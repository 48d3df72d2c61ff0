// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One sleeper's alarm: it rings once, with a message, and is not lost when it rings before the sleeper lies down.
package final class WakeUp<Message: Sendable>: Sendable {
    private enum State {
        case quiet
        case waiting(CheckedContinuation<Message, any Error>)
        case rung(Message)
        case over
    }

    private let state = Mutex(State.quiet)

    package init() {}

    /// Wakes the sleeper; the second ring and a ring after the sleeper's cancellation say nothing.
    package func ring(_ message: Message) {
        let sleeper: CheckedContinuation<Message, any Error>? = state.withLock { state in
            switch state {
            case .quiet:
                state = .rung(message)
                return nil
            case .waiting(let continuation):
                state = .over
                return continuation
            case .rung, .over: return nil
            }
        }
        sleeper?.resume(returning: message)
    }

    /// Sleeps until the alarm rings; for one caller, once.
    ///
    /// Throws `CancellationError` when the task is cancelled first.
    package func wait() async throws -> Message {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { lieDown($0) }
        } onCancel: {
            cancel()
        }
    }

    private func lieDown(_ continuation: CheckedContinuation<Message, any Error>) {
        let result: Result<Message, any Error>? = state.withLock { state in
            if case .rung(let message) = state {
                state = .over
                return .success(message)
            }
            // A cancellation sets the task's flag before its handler takes this lock, so one of the two sees the other.
            guard case .quiet = state, !Task.isCancelled else { return .failure(CancellationError()) }
            state = .waiting(continuation)
            return nil
        }
        if let result { continuation.resume(with: result) }
    }

    private func cancel() {
        let sleeper: CheckedContinuation<Message, any Error>? = state.withLock { state in
            guard case .waiting(let continuation) = state else { return nil }
            state = .over
            return continuation
        }
        sleeper?.resume(throwing: CancellationError())
    }
}
