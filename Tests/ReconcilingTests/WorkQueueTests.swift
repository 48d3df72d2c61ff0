// SPDX-License-Identifier: Apache-2.0

import Clients
import Synchronization
import TestTime
import Testing

@testable import Reconciling

@Suite("Work queue", .timeLimit(.minutes(1)))
struct WorkQueueTests {
    let clock = TestClock()

    func queue() -> WorkQueue<String> {
        WorkQueue(
            time: Timekeeper(clock), backoff: Backoff(base: .seconds(1), cap: .seconds(8), random: { 0 }))
    }

    /// Runs the queue's timers around a body.
    func withTimers(of queue: WorkQueue<String>, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await queue.run() }
            try await body()
            queue.shutDown()
            try await group.waitForAll()
        }
    }

    @Test("keys come in the order in which they were added")
    func order() async {
        let queue = queue()
        for key in ["b", "a", "c"] { queue.add(key) }
        #expect(await [queue.take(), queue.take(), queue.take()] == ["b", "a", "c"])
    }

    @Test("adds of a waiting key become one")
    func collapse() async {
        let queue = queue()
        for _ in 0..<3 { queue.add("a") }
        #expect(queue.depth == 1)
        #expect(await queue.take() == "a")
        queue.finish("a")
        #expect(queue.depth == 0)
    }

    @Test("an add during work runs again")
    func again() async {
        let queue = queue()
        queue.add("a")
        #expect(await queue.take() == "a")
        queue.add("a")
        queue.add("b")
        #expect(await queue.take() == "b", "the key in work must not come a second time")
        queue.finish("a")
        #expect(await queue.take() == "a")
    }

    @Test("a key is with one worker at a time")
    func exclusive() async {
        let queue = WorkQueue<Int>()
        let working = Working()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    while let key = await queue.take() {
                        working.begin(key)
                        await Task.yield()
                        working.end(key)
                        queue.finish(key)
                    }
                }
            }
            for round in 0..<3000 {
                queue.add(round % 5)
                if round % 7 == 0 { await Task.yield() }
            }
            try? await eventually("an empty queue") { queue.depth == 0 && working.state.withLock(\.now.isEmpty) }
            queue.shutDown()
        }
        #expect(working.state.withLock(\.clashes) == 0)
        #expect(working.state.withLock(\.passes) >= 5)
    }

    @Test("back-off is per key and resets")
    func backoff() async throws {
        let queue = queue()
        try await withTimers(of: queue) {
            for expected in [1, 2, 4, 8, 8] {
                queue.retry("a")
                try await wakes(after: .seconds(expected))
                #expect(await queue.take() == "a")
                queue.finish("a")
            }
            queue.retry("b")
            try await wakes(after: .seconds(1))
            #expect(await queue.take() == "b")
            queue.finish("b")
            queue.forget("a")
            queue.retry("a")
            try await wakes(after: .seconds(1))
            #expect(await queue.take() == "a")
        }
    }

    @Test("jitter takes a part of a delay away and never adds")
    func jitter() {
        var backoff = Backoff(base: .seconds(10), cap: .seconds(100), jitter: 0.5, random: { 0.5 })
        #expect(backoff.delay(after: 1) == .seconds(7.5))
        backoff.random = { 0 }
        #expect(backoff.delay(after: 0) == .zero)
        #expect(backoff.delay(after: 3) == .seconds(40))
        #expect(backoff.delay(after: 500) == .seconds(100))
    }

    @Test("of two delays the earlier one counts")
    func earlier() async throws {
        let queue = queue()
        try await withTimers(of: queue) {
            queue.add("a", after: .seconds(60))
            queue.add("a", after: .seconds(5))
            queue.add("a", after: .seconds(30))
            try await wakes(after: .seconds(5))
            #expect(await queue.take() == "a")
            queue.finish("a")
            clock.advance(by: .seconds(120))
            queue.add("end")
            #expect(await queue.take() == "end", "the delays that lost must not come up")
        }
    }

    @Test("a key that was taken meanwhile does not come up again for its delay")
    func takenMeanwhile() async throws {
        let queue = queue()
        try await withTimers(of: queue) {
            queue.add("a", after: .seconds(5))
            queue.add("a")
            #expect(await queue.take() == "a")
            queue.finish("a")
            clock.advance(by: .seconds(6))
            queue.add("end")
            #expect(await queue.take() == "end")
        }
    }

    @Test("after shutdown nothing is taken, and what is taken may finish")
    func shutdown() async {
        let queue = queue()
        queue.add("a")
        queue.add("b")
        #expect(await queue.take() == "a")
        async let waiting = queue.take()
        #expect(await waiting == "b")
        queue.shutDown()
        queue.add("c")
        #expect(await queue.take() == nil)
        queue.finish("a")
        #expect(queue.depth == 0)
    }

    @Test("a cancelled worker stops waiting")
    func cancel() async {
        let queue = queue()
        await withTaskGroup(of: String?.self) { group in
            group.addTask { await queue.take() }
            group.cancelAll()
            #expect(await group.next() == .some(nil))
        }
        queue.add("a")
        #expect(await queue.take() == "a", "the key must not be lost to a worker that is gone")
    }

    /// Steps to the moment of the next alarm, and proves that nothing came before it.
    private func wakes(after delay: Duration) async throws {
        try await eventually("an alarm in \(delay)") { clock.nextWake == delay }
        clock.advance(by: delay)
    }
}

/// Notes which keys are in work, and when one is twice.
private final class Working: Sendable {
    let state = Mutex<(now: Set<Int>, passes: Int, clashes: Int)>(([], 0, 0))

    func begin(_ key: Int) { state.withLock { if !$0.now.insert(key).inserted { $0.clashes += 1 } } }

    func end(_ key: Int) {
        state.withLock {
            $0.now.remove(key)
            $0.passes += 1
        }
    }
}

@Suite("Schedule")
struct ScheduleTests {
    @Test("gives keys in the order of their times, whatever the order of adding", arguments: [1, 2, 3] as [UInt64])
    func order(seed: UInt64) {
        var generator = Seeded(seed)
        var schedule = Schedule<Int>()
        var expected: [Int: Int] = [:]
        for _ in 0..<2000 {
            let key = Int.random(in: 0..<300, using: &generator)
            let time = Int.random(in: 1..<1000, using: &generator)
            if Int.random(in: 0..<4, using: &generator) == 0 {
                schedule.remove(key)
                expected[key] = nil
            } else {
                schedule.add(key, at: .seconds(time))
                expected[key] = min(expected[key] ?? .max, time)
            }
        }
        let due = schedule.takeDue(at: .seconds(500))
        #expect(Set(due) == Set(expected.filter { $0.value <= 500 }.keys), "seed \(seed)")
        #expect(due.map { expected[$0] ?? 0 } == due.map { expected[$0] ?? 0 }.sorted(), "seed \(seed)")
        #expect(schedule.next() == expected.values.filter { $0 > 500 }.min().map { .seconds($0) }, "seed \(seed)")
    }
}

/// A generator whose numbers follow from its seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
