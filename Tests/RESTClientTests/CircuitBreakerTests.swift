// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RESTClient
import Testing

@Suite("Circuit breaker")
struct CircuitBreakerTests {
    typealias Breaker = CircuitBreaker<JumpingClock.Instant>

    private func at(_ seconds: Int) -> JumpingClock.Instant { .init(offset: .seconds(seconds)) }

    private func opened(at second: Int) -> Breaker {
        var breaker = Breaker(limit: 2, firstPeriod: .seconds(5), longestPeriod: .seconds(15))
        for _ in 0..<2 { breaker.record(success: false, at: at(second)) }
        return breaker
    }

    @Test("a success between failures keeps it closed")
    func countsInARow() {
        var breaker = Breaker(limit: 2)
        for success in [false, true, false] { breaker.record(success: success, at: at(0)) }
        #expect(breaker.admit(at: at(0)) == .open)
    }

    @Test("failures in a row open it for its period")
    func opens() {
        var breaker = opened(at: 10)
        #expect(breaker.admit(at: at(12)) == .closed(.seconds(3)))
    }

    @Test("after its period one exchange may try, and only one")
    func probes() {
        var breaker = opened(at: 0)
        #expect(breaker.admit(at: at(5)) == .open)
        #expect(breaker.admit(at: at(5)) == .closed(.seconds(5)))
        breaker.record(success: true, at: at(6))
        #expect(breaker.admit(at: at(6)) == .open)
        #expect(breaker.admit(at: at(6)) == .open)
    }

    @Test("each failed try doubles the period up to the longest", arguments: [(1, 10), (2, 15), (3, 15)])
    func doubles(tries: Int, period: Int) {
        var breaker = opened(at: 0)
        var now = 5
        for _ in 0..<tries {
            #expect(breaker.admit(at: at(now)) == .open)
            breaker.record(success: false, at: at(now))
            now += 15
        }
        #expect(breaker.admit(at: at(now - 15)) == .closed(.seconds(period)))
    }

    @Test("a try that was cancelled leaves the next one its place")
    func abandons() {
        var breaker = opened(at: 0)
        #expect(breaker.admit(at: at(5)) == .open)
        breaker.abandon(at: at(6))
        #expect(breaker.admit(at: at(6)) == .open)
    }

    @Test("each origin has a breaker of its own, and an open one sends nothing")
    func perOrigin() async throws {
        let script = ScriptedTransport(Array(repeating: .status(503), count: 5) + [.status(200)])
        let transport = BreakingTransport(script, clock: JumpingClock())
        for _ in 0..<5 { _ = try await transport.send(RESTRequest(.get, "http://a.example/x")) }
        await #expect(throws: RESTError.self) { try await transport.send(RESTRequest(.get, "http://a.example/y")) }
        #expect(script.requests.count == 5)
        #expect(try await transport.send(RESTRequest(.get, "http://b.example/")).status == 200)
    }
}
