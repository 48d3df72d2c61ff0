// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Opens once; whoever waits goes on then, and whoever comes later does not wait.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [Int: CheckedContinuation<Void, any Error>] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    var isOpen: Bool { state.withLock(\.isOpen) }

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume() }
    }

    /// Throws `CancellationError` when the task is cancelled before the gate opens.
    func wait() async throws {
        let waiter = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enter(waiter, $0) }
        } onCancel: {
            let continuation = state.withLock { $0.waiters.removeValue(forKey: waiter) }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func enter(_ waiter: Int, _ continuation: CheckedContinuation<Void, any Error>) {
        // Cancellation is looked at under the lock: either it is seen here, or the handler finds the waiter.
        let answer: Result<Void, any Error>? = state.withLock { state in
            if state.isOpen { return .success(()) }
            if Task.isCancelled { return .failure(CancellationError()) }
            state.waiters[waiter] = continuation
            return nil
        }
        if let answer { continuation.resume(with: answer) }
    }
}
