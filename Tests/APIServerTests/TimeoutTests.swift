// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Resources
import Synchronization
import TestTime
import Testing

@testable import APIServer

@Suite("The time of a request", .timeLimit(.minutes(1)))
struct TimeoutTests {
    @Test(
        "a client may ask for less than a minute, not for more",
        arguments: [
            (nil, 60), ("0", 60), ("34s", 34), ("1m30s", 60), ("0.5m", 30), ("9999999999h", 60), ("1500ms", 1.5),
        ] as [(String?, Double)])
    func limits(text: String?, seconds: Double) throws {
        #expect(try RequestTimeout.limit(text) == .seconds(seconds))
    }

    @Test("what is no duration is refused", arguments: ["soon", "5", "-5s", "s", "1.2.3s", "5s 3"])
    func refused(text: String) {
        #expect(throws: APIError.self) { try RequestTimeout.limit(text) }
    }

    @Test("work that takes too long is cancelled and answers 504")
    func late() async throws {
        let clock = TestClock()
        let deadlines = RequestDeadlines(clock: clock)
        let running = Task { try await deadlines.run() }
        let isCancelled = Mutex(false)
        let request = Task {
            try await deadlines.within(.seconds(3)) {
                defer { isCancelled.withLock { $0 = Task.isCancelled } }
                try await clock.sleep(for: .seconds(1000))
            }
        }
        try await eventually("both sleep") { clock.sleeperCount == 2 }
        for _ in 1...3 { try await tick(clock) }
        #expect(!isCancelled.withLock { $0 }, "three whole ticks have not passed for certain")
        clock.advance(by: .seconds(1))
        let error = await #expect(throws: APIError.self) { try await request.value }
        #expect(error?.reason == .timeout && error?.reason.code == 504)
        #expect(isCancelled.withLock { $0 })
        running.cancel()
        try await running.value
    }

    @Test("work that is done although its time is over has its answer, for what is stored stays stored")
    func done() async throws {
        let clock = TestClock()
        let deadlines = RequestDeadlines(clock: clock)
        let running = Task { try await deadlines.run() }
        let request = Task {
            try await deadlines.within(.zero) {
                try? await clock.sleep(for: .seconds(1000))
                return "stored"
            }
        }
        try await eventually("both sleep") { clock.sleeperCount == 2 }
        clock.advance(by: .seconds(1))
        #expect(try await request.value == "stored")
        running.cancel()
        try await running.value
    }

    @Test("a client that goes away cancels the work at once")
    func gone() async throws {
        let clock = TestClock()
        let request = Task {
            try await RequestDeadlines(clock: clock).within(.seconds(3)) { try await clock.sleep(for: .seconds(1000)) }
        }
        try await eventually("it works") { clock.sleeperCount == 1 }
        request.cancel()
        await #expect(throws: CancellationError.self) { try await request.value }
    }

    private func tick(_ clock: TestClock) async throws {
        clock.advance(by: .seconds(1))
        try await eventually("the next tick is waited for") { clock.sleeperCount == 2 }
    }
}
