// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import ReconcilingTesting
import Resources
import TestTime
import Testing

@testable import Reconciling

@Suite("Intent before the call", .timeLimit(.minutes(1)))
struct IntentTests {
    let clock = TestClock()
    let world: ToyWorld
    let bench: Bench<ToyReconciler>

    init() {
        world = ToyWorld(clock: clock)
        bench = Bench(ToyReconciler(world: world), clock: clock)
    }

    func toy() async throws -> Object { try #require(try await bench.object(.web)) }

    /// The object is settled and the world holds exactly what it asks for.
    func expectOneOfEach(_ comment: Comment? = nil) async throws {
        let toy = try await toy()
        #expect(toy.isReady && toy.intent == nil, comment)
        #expect(world.all("box").map(\.id) == [toy.status?["boxID"]?.string ?? ""], comment)
        #expect(world.all("lid").map(\.id) == [toy.status?["lidID"]?.string ?? ""], comment)
    }

    @Test("adopts after a lost answer")
    func adopts() async throws {
        world.script(.lostAnswer, .lostAnswer)
        try await bench.put(.toy())
        try await bench.adoptsAfterALostAnswer(.web)
        try await expectOneOfEach()
    }

    @Test("a late success makes no double", arguments: [1, 5, 30, 59])
    func late(seconds: Int) async throws {
        world.script(.lateSuccess(.seconds(seconds)))
        try await bench.put(.toy())
        try await bench.lateSuccess(.web, after: .seconds(seconds), appear: {})
        try await expectOneOfEach()
    }

    @Test("a place with a settle time of its own is waited for as long as it says", arguments: [5, 300])
    func ownSettleTime(seconds: Int64) async throws {
        var settings = PassSettings()
        settings.settleOf = { $0.key == .web ? .seconds(seconds) : nil }
        let bench = Bench(ToyReconciler(world: world), clock: clock, settings: settings)
        let waited = try await waitAfterALostRequest(bench)
        #expect(waited >= .seconds(seconds) && waited < .seconds(seconds + 10))
    }

    @Test("a request that was lost is made again after the settle time, and not before")
    func lostRequest() async throws {
        #expect(try await waitAfterALostRequest(bench) >= .seconds(60))
        try await bench.rest(.web)
        try await expectOneOfEach()
    }

    /// How long it takes until the creation is asked for again.
    private func waitAfterALostRequest(_ bench: Bench<ToyReconciler>) async throws -> Duration {
        world.script(.lostRequest)
        try await bench.put(.toy())
        let since = clock.now
        while world.all("box").isEmpty {
            guard let report = try await bench.runPass(.web) else { break }
            if case .outcome(.polling(let delay, _)) = report.verdict { clock.advance(by: delay) }
            if case .failed = report.verdict { clock.advance(by: .seconds(1)) }
        }
        return since.duration(to: clock.now)
    }

    @Test("an edit while an intent is open makes no double", arguments: [5, 55])
    func edited(seconds: Int) async throws {
        world.script(.lateSuccess(.seconds(seconds)))
        try await bench.put(.toy())
        try await bench.runPass(.web)
        _ = try await bench.server.patch(
            ToyReconciler.type, .web, .merge(["spec": ["size": 9]]), WriteOptions())
        try await bench.rest(.web)
        try await expectOneOfEach()
        #expect(world.all("box").map(\.size) == [9])
    }

    @Test("a deletion with an open intent waits for a late success", arguments: [1, 30, 59])
    func deletion(seconds: Int) async throws {
        world.script(.lateSuccess(.seconds(seconds)))
        try await bench.put(.toy())
        try await bench.runPass(.web)
        try await bench.delete(.web)
        #expect(try await bench.object(.web) == nil)
        #expect(world.all().isEmpty)
    }

    @Test("the settle time counts from the loss, not from the beginning of the call")
    func slowLoss() async throws {
        var bench = bench
        bench.reconciler.beforeCreation = { [clock] in clock.advance(by: .seconds(50)) }
        world.script(.lateSuccess(.seconds(40)))
        try await bench.put(.toy())
        try await bench.runPass(.web)
        bench.reconciler.beforeCreation = {}
        try await bench.rest(.web)
        try await expectOneOfEach()
    }

    @Test("a pass that saw an old object stops before the call")
    func stale() async throws {
        let old = try await bench.put(.toy())
        try await bench.rest(.web)
        await #expect(throws: APIError.self) { try await bench.pass.run(old) }
        var stale = try await toy()
        stale.metadata.resourceVersion = old.metadata.resourceVersion
        stale.status = nil
        let blind = Bench(ToyReconciler(world: ToyWorld(clock: clock)), clock: clock, server: bench.server)
        await #expect(throws: APIError.self) { try await blind.pass.run(stale) }
        #expect(blind.reconciler.world.all().isEmpty)
    }

    @Test("a conflict on a status write leads to adoption", arguments: 1...4)
    func conflict(write: Int) async throws {
        let writes = Counter()
        let server = bench.server
        var bench = bench
        bench.client = FaultyClient(server) { call in
            guard call.subresource == "status", writes.next() == write else { return }
            _ = try await server.patch(
                ToyReconciler.type, .web, .merge(["metadata": ["labels": ["edited": "true"]]]), WriteOptions())
        }
        try await bench.put(.toy())
        try await bench.rest(.web)
        try await expectOneOfEach("conflict at status write \(write)")
    }
}
