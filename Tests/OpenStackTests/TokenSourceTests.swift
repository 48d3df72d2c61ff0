// SPDX-License-Identifier: Apache-2.0

import OpenStack
import RESTClient
import Synchronization
import Testing

@Suite("Renewal", .timeLimit(.minutes(1)))
struct TokenSourceTests {
    /// Lets exchanges with Keystone through one at a time, when the test says so.
    private final class Gate: RESTTransport {
        private let waiting = Mutex<[CheckedContinuation<RESTResponse, any Error>]>([])

        func send(_ request: RESTRequest) async throws -> RESTResponse {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in waiting.withLock { $0.append(continuation) }
                }
            } onCancel: {
                let continuations = waiting.withLock { list in
                    defer { list = [] }
                    return list
                }
                for continuation in continuations { continuation.resume(throwing: CancellationError()) }
            }
        }

        /// Answers the one exchange that is under way, once there is one.
        func answer(_ response: RESTResponse) async {
            while true {
                if let continuation = waiting.withLock({ $0.popLast() }) {
                    return continuation.resume(returning: response)
                }
                await Task.yield()
            }
        }

        func someoneWaits() async { while waiting.withLock({ $0.isEmpty }) { await Task.yield() } }
    }

    private func session(_ gate: Gate) -> Session {
        Session(
            SiteConnection(name: "test", transport: gate, authURL: "http://site.example/v3"),
            credential: .password(.id("u"), Secret("wrong")), scope: .unspecified)
    }

    @Test("a failure is shared: a wrong password is shown once")
    func sharedFailure() async throws {
        let gate = Gate()
        let session = session(gate)
        let first = Task { try await session.token() }
        await gate.someoneWaits()
        let others = (0..<5).map { _ in Task { try await session.token() } }
        for _ in 0..<100 { await Task.yield() }
        await gate.answer(ScriptedSite.json(401, #"{"error":{"message":"no"}}"#))
        await #expect(throws: OpenStackError.self) { try await first.value }
        // Those that had not yet come to wait begin a renewal of their own; they are answered the same.
        let answering = Task { while !Task.isCancelled { await gate.answer(ScriptedSite.json(401, "{}")) } }
        for other in others { await #expect(throws: OpenStackError.self) { try await other.value } }
        answering.cancel()
    }

    @Test("when the renewing call is cancelled, another renews")
    func cancelledRenewal() async throws {
        let gate = Gate()
        let session = session(gate)
        let first = Task { try await session.token() }
        await gate.someoneWaits()
        let second = Task { try await session.token() }
        for _ in 0..<100 { await Task.yield() }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        await gate.answer(ScriptedSite.json(401, #"{"error":{"message":"no"}}"#))
        await #expect(throws: OpenStackError.self) { try await second.value }
    }

    @Test("a waiting call that is cancelled leaves at once")
    func cancelledWaiter() async throws {
        let gate = Gate()
        let session = session(gate)
        let first = Task { try await session.token() }
        await gate.someoneWaits()
        let second = Task { try await session.token() }
        for _ in 0..<100 { await Task.yield() }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        await gate.answer(ScriptedSite.json(401, "{}"))
        await #expect(throws: OpenStackError.self) { try await first.value }
    }
}
