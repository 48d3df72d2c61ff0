// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A port that becomes known, or the reason why it never will.
final class BoundPort: Sendable {
    private enum State {
        case waiting([Int: CheckedContinuation<Int, any Error>], next: Int)
        case settled(Result<Int, any Error>)
    }

    private let state = Mutex(State.waiting([:], next: 0))

    func succeed(_ port: Int) { settle(.success(port)) }

    /// Changes nothing once the port is known.
    func fail(_ error: any Error) { settle(.failure(error)) }

    func value() async throws -> Int {
        let ticket = state.withLock { state -> Int in
            guard case .waiting(let waiters, let next) = state else { return 0 }
            state = .waiting(waiters, next: next + 1)
            return next
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait($0, ticket: ticket) }
        } onCancel: {
            remove(ticket)?.resume(throwing: CancellationError())
        }
    }

    private func wait(_ continuation: CheckedContinuation<Int, any Error>, ticket: Int) {
        let result = state.withLock { state -> Result<Int, any Error>? in
            switch state {
            case .settled(let result): return result
            case .waiting(var waiters, let next):
                if Task.isCancelled { return .failure(CancellationError()) }
                waiters[ticket] = continuation
                state = .waiting(waiters, next: next)
                return nil
            }
        }
        if let result { continuation.resume(with: result) }
    }

    private func remove(_ ticket: Int) -> CheckedContinuation<Int, any Error>? {
        state.withLock { state in
            guard case .waiting(var waiters, let next) = state else { return nil }
            let waiter = waiters.removeValue(forKey: ticket)
            state = .waiting(waiters, next: next)
            return waiter
        }
    }

    private func settle(_ result: Result<Int, any Error>) {
        let waiters = state.withLock { state -> [CheckedContinuation<Int, any Error>] in
            guard case .waiting(let waiters, _) = state else { return [] }
            state = .settled(result)
            return Array(waiters.values)
        }
        for waiter in waiters { waiter.resume(with: result) }
    }
}
