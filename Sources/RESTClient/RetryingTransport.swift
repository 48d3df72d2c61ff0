// SPDX-License-Identifier: Apache-2.0

/// Sends again what may be sent again, within the request's deadline.
package struct RetryingTransport<Time: Clock<Duration>>: RESTTransport {
    private let next: any RESTTransport
    private let policy: RetryPolicy
    private let clock: Time
    private let jitter: @Sendable () -> Double

    /// Jitter is a number from 0 to 1; a test gives its own.
    package init(
        _ next: any RESTTransport, policy: RetryPolicy = RetryPolicy(), clock: Time = ContinuousClock(),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.next = next
        self.policy = policy
        self.clock = clock
        self.jitter = jitter
    }

    package func send(_ request: RESTRequest) async throws -> RESTResponse {
        let end = clock.now.advanced(by: request.deadline)
        var request = request
        var attempt = 1
        while true {
            let result = try await attemptOnce(request)
            let pause = policy.pause(
                after: result, attempt: attempt, isIdempotent: request.isIdempotent, jitter: jitter())
            // A pause that eats the deadline would only turn a known failure into an unknown one.
            guard let pause, clock.now.advanced(by: pause) < end else { return try result.answer() }
            try await clock.sleep(for: pause)
            request.deadline = clock.now.duration(to: end)
            attempt += 1
        }
    }

    private func attemptOnce(_ request: RESTRequest) async throws -> RetryPolicy.Result {
        do {
            return .answer(try await next.send(request))
        } catch let error as RESTError {
            return .failure(error)
        }
    }
}

extension RetryPolicy.Result {
    fileprivate func answer() throws -> RESTResponse {
        switch self {
        case .answer(let answer): answer
        case .failure(let error): throw error
        }
    }
}
