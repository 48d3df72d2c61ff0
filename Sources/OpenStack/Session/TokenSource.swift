// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Hands out a valid token, and gets a new one when there is none: at most one request to Keystone at a time.
///
/// Callers that come during a renewal share its result, a failure too, so that a wrong password is shown to Keystone
/// once and not once a caller.
final class TokenSource<Time: Clock<Duration>>: Sendable {
    private let clock: Time
    private let authenticate: @Sendable () async throws -> Token
    private let state = Mutex(TokenState<Time.Instant>())
    private let serial = Atomic<Int>(0)

    init(clock: Time, authenticate: @escaping @Sendable () async throws -> Token) {
        self.clock = clock
        self.authenticate = authenticate
    }

    func token() async throws -> Token {
        while true {
            let now = clock.now
            switch state.withLock({ $0.take(at: now) }) {
            case .use(let token): return token
            case .renew: return try await renew()
            case .wait:
                // Without a result the renewing caller was cancelled: this one may be the next to renew.
                if let result = await outcome() { return try result.get() }
                try Task.checkCancellation()
            }
        }
    }

    /// How many callers wait for another one's renewal.
    var waiting: Int { state.withLock { $0.waiting } }

    func refuse(_ token: Token) { state.withLock { $0.refuse(token) } }

    private func renew() async throws -> Token {
        let result: Result<Token, any Error>
        do { result = .success(try await authenticate()) } catch { result = .failure(error) }
        let now = clock.now
        let waiters = state.withLock { $0.finish(result, at: now) }
        let isCancelled = if case .failure(is CancellationError) = result { true } else { false }
        for waiter in waiters { waiter.resume(returning: isCancelled ? nil : result) }
        return try result.get()
    }

    private func outcome() async -> Result<Token, any Error>? {
        let id = serial.wrappingAdd(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { !Task.isCancelled && $0.add(continuation, id: id) }
                if !isWaiting { continuation.resume(returning: nil) }
            }
        } onCancel: {
            state.withLock { $0.remove(id) }?.resume(returning: nil)
        }
    }
}
