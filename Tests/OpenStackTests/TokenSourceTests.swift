// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import OpenStack

@Suite("Renewal of tokens", .timeLimit(.minutes(1)))
struct TokenSourceTests {
    private struct Refused: Error {}

    /// A Keystone that answers each request when the test says so, and counts them.
    private final class Gate: Sendable {
        private let state = Mutex<(requests: Int, pending: CheckedContinuation<Token, any Error>?)>((0, nil))

        var requests: Int { state.withLock { $0.requests } }

        func authenticate() async throws -> Token {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    state.withLock { $0 = ($0.requests + 1, continuation) }
                }
            } onCancel: {
                fail(CancellationError())
            }
        }

        func fail(_ error: any Error) {
            let pending = state.withLock { state in
                defer { state.pending = nil }
                return state.pending
            }
            pending?.resume(throwing: error)
        }
    }

    private let gate = Gate()
    private let source: TokenSource<SteppedClock>

    init() {
        let gate = gate
        source = TokenSource(clock: SteppedClock()) { try await gate.authenticate() }
    }

    /// One caller that renews, and others that wait for it.
    private func callers(waiting: Int) async -> (renewing: Task<Token, any Error>, waiting: [Task<Token, any Error>]) {
        let source = source
        let renewing = Task { try await source.token() }
        while gate.requests == 0 { await Task.yield() }
        let others = (0..<waiting).map { _ in Task { try await source.token() } }
        while source.waiting < waiting { await Task.yield() }
        return (renewing, others)
    }

    @Test("a failure is shared by all who wait: a wrong password is shown once")
    func sharedFailure() async throws {
        let callers = await callers(waiting: 5)
        gate.fail(Refused())
        for caller in [callers.renewing] + callers.waiting {
            await #expect(throws: Refused.self) { try await caller.value }
        }
        #expect(gate.requests == 1)
    }

    @Test("when the renewing call is cancelled, one of those who wait renews")
    func cancelledRenewal() async throws {
        let callers = await callers(waiting: 2)
        callers.renewing.cancel()
        await #expect(throws: CancellationError.self) { try await callers.renewing.value }
        while gate.requests < 2 || source.waiting < 1 { await Task.yield() }
        gate.fail(Refused())
        for caller in callers.waiting { await #expect(throws: Refused.self) { try await caller.value } }
        #expect(gate.requests == 2)
    }

    @Test("a waiting call that is cancelled leaves at once, and the renewal goes on")
    func cancelledWaiter() async throws {
        let callers = await callers(waiting: 1)
        callers.waiting[0].cancel()
        await #expect(throws: CancellationError.self) { try await callers.waiting[0].value }
        #expect(source.waiting == 0)
        gate.fail(Refused())
        await #expect(throws: Refused.self) { try await callers.renewing.value }
    }
}
