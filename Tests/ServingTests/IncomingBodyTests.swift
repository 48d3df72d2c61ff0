// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Testing

@testable import Serving

@Suite("IncomingBody", .timeLimit(.minutes(1)))
struct IncomingBodyTests {
    @Test("what came early and what comes late are one body")
    func collects() async throws {
        let body = IncomingBody()
        #expect(body.isUntouched)
        try await body.receive(ByteBuffer(string: "ab"))
        let all = Task { try await body.collect(10) }
        try await body.receive(ByteBuffer(string: "cd"))
        body.finish()
        #expect(try await all.value == Array("abcd".utf8))
    }

    @Test("the connection waits while nobody asks for a large body")
    func waits() async throws {
        let body = IncomingBody()
        let done = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<4 { try await body.receive(ByteBuffer(repeating: 1, count: 40_000)) }
                done.add()
                body.finish()
            }
            for _ in 0..<100 { await Task.yield() }
            #expect(done.value == 0)
            #expect(try await body.collect(1_000_000).count == 160_000)
            try await group.waitForAll()
            #expect(done.value == 1)
        }
    }

    @Test("a limit is kept, whether the bytes came before or after the question", arguments: [true, false])
    func limits(early: Bool) async throws {
        let body = IncomingBody()
        if early { try await body.receive(ByteBuffer(repeating: 1, count: 11)) }
        let all = Task { try await body.collect(10) }
        if !early { try await body.receive(ByteBuffer(repeating: 1, count: 11)) }
        await #expect(throws: RequestBody.TooLarge(limit: 10)) { try await all.value }
    }

    @Test("a body that nobody wants is dropped, but not without end")
    func drops() async throws {
        let body = IncomingBody()
        body.abandon()
        try await body.receive(ByteBuffer(repeating: 1, count: IncomingBody.maxDropped))
        await #expect(throws: IncomingBody.Unwanted.self) { try await body.receive(ByteBuffer(repeating: 1, count: 1)) }
    }

    @Test("whoever waits for a body hears that the client has gone, or that it was cancelled itself")
    func ends() async throws {
        let gone = IncomingBody()
        let answer = Task { try await gone.collect(10) }
        gone.fail()
        await #expect(throws: IncomingBody.ClientGone.self) { try await answer.value }

        let open = IncomingBody()
        let task = Task { try await open.collect(10) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
