// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RESTClient
import Testing

@Suite("Sending again", .timeLimit(.minutes(1)))
struct RetryingTransportTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method = HTTPRequest.Method.get
        var first: ScriptedTransport.Line
        /// Whether there is a second attempt.
        var again: Bool
    }

    static let cases = [
        Case(
            testDescription: "a request that never left goes again", method: .post, first: .failure(.notSent),
            again: true),
        Case(testDescription: "a lost GET goes again", first: .failure(.lost), again: true),
        Case(testDescription: "a lost POST stays lost", method: .post, first: .failure(.lost), again: false),
        Case(testDescription: "an open breaker is not knocked at", first: .failure(.circuitOpen), again: false),
        Case(testDescription: "an answer too large stays so", first: .failure(.tooLarge), again: false),
        Case(testDescription: "429 did nothing, so a POST goes again", method: .post, first: .status(429), again: true),
        Case(testDescription: "a GET goes again after 503", first: .status(503), again: true),
        Case(testDescription: "a POST does not after a bare 503", method: .post, first: .status(503), again: false),
        Case(testDescription: "a POST does after a 503 that names a time", method: .post, first: asked, again: true),
        Case(testDescription: "a 500 is an answer", first: .status(500), again: false),
        Case(testDescription: "a 404 is an answer", first: .status(404), again: false),
    ]

    static let asked = ScriptedTransport.Line.answer(RESTResponse(status: 503, headers: [.retryAfter: "3"]))

    @Test("only what may be sent twice is", arguments: cases)
    func again(_ given: Case) async throws {
        let script = ScriptedTransport([given.first, .status(200)])
        let transport = RetryingTransport(script, clock: JumpingClock())
        let answer = try? await transport.send(RESTRequest(given.method, "http://a.example/"))
        #expect(script.requests.count == (given.again ? 2 : 1))
        #expect((answer?.status == 200) == given.again)
    }

    @Test("pauses double, and half of each is chance", arguments: [(0.0, 100), (1.0, 200)])
    func pauses(jitter: Double, first: Int) async throws {
        let clock = JumpingClock()
        let script = ScriptedTransport([.failure(.lost), .failure(.lost), .failure(.lost), .failure(.lost)])
        let transport = RetryingTransport(script, clock: clock, jitter: { jitter })
        await #expect(throws: RESTError.self) { try await transport.send(RESTRequest(.get, "http://a.example/")) }
        #expect(clock.sleeps == [.milliseconds(first), .milliseconds(2 * first), .milliseconds(4 * first)])
    }

    @Test("a server's own time is obeyed when it fits within the deadline", arguments: [(10, 2), (2, 1)])
    func retryAfter(deadline: Int, attempts: Int) async throws {
        let clock = JumpingClock()
        let script = ScriptedTransport([Self.asked, .status(200)])
        let request = RESTRequest(.get, "http://a.example/", deadline: .seconds(deadline))
        let answer = try await RetryingTransport(script, clock: clock).send(request)
        #expect(script.requests.count == attempts)
        #expect(answer.status == (attempts == 2 ? 200 : 503))
        if attempts == 2 { #expect(script.requests[1].deadline == .seconds(7)) }
    }

    @Test("cancellation ends it")
    func cancellation() async throws {
        let script = ScriptedTransport([.cancelled, .status(200)])
        let transport = RetryingTransport(script, clock: JumpingClock())
        await #expect(throws: CancellationError.self) {
            try await transport.send(RESTRequest(.get, "http://a.example/"))
        }
        #expect(script.requests.count == 1)
    }
}
