// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Refuses exchanges with a server that keeps failing: a circuit breaker for each scheme, host and port.
///
/// Failures are exchanges without an answer and the answers 502, 503 and 504: what a proxy says of a dead server.
package final class BreakingTransport<Time: Clock<Duration>>: RESTTransport {
    private let next: any RESTTransport
    private let clock: Time
    private let breaker: CircuitBreaker<Time.Instant>
    private let breakers = Mutex<[String: CircuitBreaker<Time.Instant>]>([:])

    package init(
        _ next: any RESTTransport, breaker: CircuitBreaker<Time.Instant> = CircuitBreaker(),
        clock: Time = ContinuousClock()
    ) {
        self.next = next
        self.breaker = breaker
        self.clock = clock
    }

    package func send(_ request: RESTRequest) async throws -> RESTResponse {
        let origin = request.origin
        if case .closed = update(origin, { $0.admit(at: $1) }) {
            // No time that is left stands here: the words go into conditions, which must not change with every look.
            throw RESTError(.circuitOpen, "\(origin) did not answer several times and is left alone for a while")
        }
        do {
            let answer = try await next.send(request)
            update(origin) { $0.record(success: ![502, 503, 504].contains(answer.status), at: $1) }
            return answer
        } catch let error as RESTError {
            update(origin) { $0.record(success: error.code == .tooLarge, at: $1) }
            throw error
        } catch {
            update(origin) { $0.abandon(at: $1) }
            throw error
        }
    }

    @discardableResult
    private func update<Value: Sendable>(
        _ origin: String, _ change: (inout CircuitBreaker<Time.Instant>, Time.Instant) -> Value
    ) -> Value {
        let now = clock.now
        return breakers.withLock { change(&$0[origin, default: breaker], now) }
    }
}
