// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import ReconcilingTesting
import Resources
import Synchronization
import TestTime
import Testing

@testable import Reconciling

/// The process dies at every call to the outside that a pass makes, before and after its effect; the next one goes on.
@Suite("A kill at any call", .timeLimit(.minutes(1)))
struct CrashTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var faults: [ToyWorld.Fault] = []
    }

    static let cases = [
        Case(testDescription: "a world that answers"),
        Case(testDescription: "lost answers", faults: [.lostAnswer, .lostAnswer]),
        Case(testDescription: "a late success", faults: [.lateSuccess(.seconds(30))]),
        Case(
            testDescription: "a lost request, then a late success", faults: [.lostRequest, .lateSuccess(.seconds(20))]),
    ]

    /// One life: a world, a server, and processes that come and go.
    struct Life {
        let world: ToyWorld
        let bench: Bench<ToyReconciler>

        init(_ faults: [ToyWorld.Fault]) {
            let clock = TestClock()
            world = ToyWorld(clock: clock)
            bench = Bench(ToyReconciler(world: world), clock: clock)
            world.script(faults)
        }

        /// Rests with a process that dies at one call, then with one that lives; answers the calls of the first.
        func rest(dyingAt call: Int?, _ moment: CrashSwitch.Moment) async throws -> Int {
            let crash = CrashSwitch(at: call, moment)
            var mortal = bench
            mortal.reconciler.crash = crash
            mortal.client = FaultyClient(bench.server, crash: crash)
            do { try await mortal.rest(.web) } catch is CrashSwitch.Crash {} catch is NeverCame where crash.hasStruck {}
            // What a dead process can still write is nothing: its errors ended in the void.
            try await bench.rest(.web)
            return crash.calls
        }
    }

    @Test("a creation converges to one of each", arguments: cases, CrashSwitch.Moment.allCases)
    func creation(given: Case, moment: CrashSwitch.Moment) async throws {
        let whole = Life(given.faults)
        try await whole.bench.put(.toy())
        let calls = try await whole.rest(dyingAt: nil, moment)
        #expect(calls >= 8)
        for call in 1...calls {
            let life = Life(given.faults)
            try await life.bench.put(.toy())
            _ = try await life.rest(dyingAt: call, moment)
            let toy = try #require(try await life.bench.object(.web))
            let comment: Comment = "killed at call \(call) of \(calls)"
            #expect(toy.isReady && toy.intent == nil, comment)
            #expect(life.world.all("box").map(\.id) == [toy.status?["boxID"]?.string ?? ""], comment)
            #expect(life.world.all("lid").map(\.id) == [toy.status?["lidID"]?.string ?? ""], comment)
        }
    }

    @Test(
        "a deletion leaves nothing, also one in the middle of a creation", arguments: cases, CrashSwitch.Moment.allCases
    )
    func deletion(given: Case, moment: CrashSwitch.Moment) async throws {
        let whole = Life(given.faults)
        try await whole.bench.put(.toy())
        let calls = try await whole.rest(dyingAt: nil, moment)
        for call in 1...calls {
            let life = Life(given.faults)
            try await life.bench.put(.toy())
            let crash = CrashSwitch(at: call, moment)
            var mortal = life.bench
            mortal.reconciler.crash = crash
            mortal.client = FaultyClient(life.bench.server, crash: crash)
            do { try await mortal.rest(.web) } catch is CrashSwitch.Crash {} catch is NeverCame where crash.hasStruck {}
            try await life.bench.server.delete(ToyReconciler.type, .web, DeleteOptions())
            _ = try await life.rest(dyingAt: call % 5 + 1, moment)
            #expect(try await life.bench.object(.web) == nil, "killed at call \(call)")
            #expect(life.world.all().isEmpty, "killed at call \(call)")
        }
    }
}

/// Counts from 1.
final class Counter: Sendable {
    private let state = Mutex(0)

    func next() -> Int {
        state.withLock { count in
            count += 1
            return count
        }
    }
}
