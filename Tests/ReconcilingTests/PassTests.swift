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

@Suite("Pass", .timeLimit(.minutes(1)))
struct PassTests {
    let clock = TestClock()
    let world: ToyWorld
    let bench: Bench<ToyReconciler>

    init() {
        world = ToyWorld(clock: clock)
        bench = Bench(ToyReconciler(world: world), clock: clock)
    }

    func toy() async throws -> Object { try #require(try await bench.object(.web)) }

    func edit(_ spec: JSON) async throws {
        _ = try await bench.server.patch(ToyReconciler.type, .web, .merge(["spec": spec]), WriteOptions())
    }

    @Test("creates")
    func creates() async throws {
        try await bench.put(.toy())
        let reports = try await bench.rest(.web)
        let toy = try await toy()
        #expect(reports.map(\.performed) == [["create box of 3", "create lid"]])
        #expect(toy.isReady && toy.ready?.reason == "Settled")
        #expect(toy.condition("Progressing")?.status == .no)
        #expect(toy.status?["boxID"] == "box-1" && toy.status?["lidID"] == "lid-2")
        #expect(toy.status?["observedGeneration"] == 1)
        #expect(toy.metadata.finalizers == ["toys.toys.scs.community/finalizer"])
        #expect(toy.intent == nil)
    }

    @Test("plan equals calls")
    func plan() async throws {
        try await bench.put(.toy())
        try await bench.planEqualsCalls(.web)
        try await edit(["size": 5])
        try await bench.planEqualsCalls(.web)
        #expect(world.all("box").map(\.size) == [5])
    }

    @Test("settles and then does nothing")
    func settles() async throws {
        try await bench.put(.toy())
        try await bench.settlesAndThenDoesNothing(.web)
    }

    @Test("new ids are in the status before the next step, in one write with its intent")
    func idsFirst() async throws {
        world.script(.tooSmall)
        var bench = bench
        let client = FaultyClient(bench.server)
        bench.client = client
        try await bench.put(.toy())
        let report = try #require(try await bench.rest(.web).first)
        #expect(report.performed == ["create box of 3", "create lid", "resize box to 3"])
        // The first intent, the second beside the first id, the second id before the change, and the end.
        #expect(client.calls.filter { $0.subresource == "status" }.count == 4)
    }

    @Test("a preview asks no site")
    func preview() async throws {
        try await bench.put(.toy())
        try await bench.rest(.web)
        try await edit(["size": 8])
        let calls = world.calls.count
        let plan = try await bench.pass.preview(of: try await toy())
        #expect(plan?.steps.map(\.summary) == ["resize box to 8"])
        #expect(world.calls.count == calls)
    }

    @Test("a plan changes nothing")
    func planIsIdle() async throws {
        let toy = try await bench.put(.toy())
        let plan = try await bench.pass.plan(for: toy)
        #expect(plan.steps.map(\.verb) == [.create, .create])
        #expect(world.all().isEmpty && bench.server.revision == 1)
    }

    @Test("waits for what it refers to")
    func waits() async throws {
        try await bench.put(.toy(["base": "ground"]))
        try await bench.rest(.web)
        #expect(try await toy().ready?.reason == "Waiting")
        #expect(try await toy().ready?.message == #"Base "ground" (spec.base) does not exist"#)
        try await bench.put(.base(isReady: false), ToyReconciler.base)
        try await bench.rest(.web)
        #expect(try await toy().ready?.message == #"Base "ground" (spec.base) is not ready"#)
        #expect(world.calls.isEmpty, "nothing is looked at before its references are ready")
        let ready = Object.base(isReady: true)
        let patch = Patch.merge(["status": ready.status ?? [:]])
        _ = try await bench.server.patch(ToyReconciler.base, ready.key, patch, .status)
        try await bench.rest(.web)
        #expect(try await toy().isReady)
    }

    @Test("a reference that was ready, and of which nobody heard since, holds nothing back")
    func silentReference() async throws {
        try await bench.put(.base(isReady: true), ToyReconciler.base)
        let base = try #require(try await bench.server.find(ToyReconciler.base, Object.base(isReady: true).key))
        let unknown: JSON = [
            "type": "Ready", "status": "Unknown", "observedGeneration": .integer(base.metadata.generation),
        ]
        let patch = Patch.merge(["status": ["conditions": [unknown]]])
        _ = try await bench.server.patch(ToyReconciler.base, base.key, patch, .status)
        try await bench.put(.toy(["base": "ground"]))
        try await bench.rest(.web)
        #expect(try await toy().isReady)
    }

    @Test("a failure that says nothing of the world leaves what was ready as it is, and shows in what was not")
    func noNews() async throws {
        world.isUnknown = true
        try await bench.put(.toy())
        _ = try await bench.pass.run(try await toy())
        #expect(try await toy().ready?.message == "the toy world is unknown")
        world.isUnknown = false
        try await bench.rest(.web)
        let before = try await toy()
        world.isUnknown = true
        _ = try await bench.pass.run(before)
        #expect(before.isReady)
        #expect(try await toy() == before)
    }

    @Test("notices outside deletion")
    func outsideDeletion() async throws {
        try await bench.put(.toy())
        try await bench.rest(.web)
        world.removeBehindOurBack("lid-2")
        try await bench.rest(.web)
        #expect(world.all("lid").map(\.id) == ["lid-3"])
        #expect(try await toy().status?["lidID"] == "lid-3")
    }

    @Test("deletes")
    func deletes() async throws {
        try await bench.put(.toy())
        try await bench.rest(.web)
        let reports = try await bench.delete(.web)
        #expect(reports.flatMap(\.performed) == ["delete lid", "delete box"])
        #expect(world.all().isEmpty)
        #expect(try await bench.object(.web) == nil)
    }

    @Test("deletes when already gone")
    func alreadyGone() async throws {
        try await bench.put(.toy())
        try await bench.rest(.web)
        for thing in world.all() { world.removeBehindOurBack(thing.id) }
        #expect(try await bench.delete(.web).flatMap(\.performed).isEmpty)
        #expect(try await bench.object(.web) == nil)
    }

    @Test("another's finalizer stays, and a pass after ours is gone does nothing")
    func foreignFinalizer() async throws {
        var object = Object.toy()
        object.metadata.finalizers = ["example.com/other"]
        try await bench.put(object)
        try await bench.rest(.web)
        #expect(try await toy().metadata.finalizers == ["example.com/other", "toys.toys.scs.community/finalizer"])
        try await bench.delete(.web)
        #expect(try await toy().metadata.finalizers == ["example.com/other"])
        let calls = world.calls.count
        let report = try await bench.runPass(.web)
        #expect(report?.verdict.outcome == .gone)
        #expect(world.calls.count == calls)
    }

    @Test("a deletion waits while others refer to the object, and names them")
    func inUse() async throws {
        let stays = Mutex(0)
        let base = BaseReconciler { stays.withLock { $0 += 1 } }
        var settings = PassSettings()
        settings.guards = [DeletionGuard(of: bench.reconciler)]
        let bases = Bench(base, clock: clock, server: bench.server, settings: settings)
        let ground = Object.base(isReady: true)
        try await bases.put(ground)
        try await bases.rest(ground.key)
        try await bench.put(.toy(["base": "ground"]))
        try await bases.delete(ground.key)
        let held = try #require(try await bases.object(ground.key))
        #expect(held.ready?.reason == "InUse")
        #expect(held.ready?.message == #"is used by Toy "web"; delete or change them first"#)
        #expect(stays.withLock(\.self) > 0, "what others need of it stays while they do")
        try await bench.rest(.web)
        try await bench.delete(.web)
        try await bases.rest(ground.key)
        #expect(try await bases.object(ground.key) == nil)
    }

    @Test("a rejection is told once, with who can fix it, and closes the intent")
    func rejected() async throws {
        world.script(.failure(.quota))
        try await bench.put(.toy())
        try await bench.rest(.web)
        let toy = try await toy()
        #expect(toy.ready?.reason == "QuotaExceeded")
        #expect(toy.ready?.message == "no room for another box (to be fixed by your admin)")
        #expect(toy.intent == nil)
        try await bench.rest(.web)
        let events = try await bench.server.list(EventRecorder.type, ListQuery(.everywhere)).items
        #expect(Set(events.map { $0.tree["reason"]?.string ?? "" }) == ["QuotaExceeded", "Created"])
    }

    @Test("a definite failure closes the intent, and the wish to wait is passed on")
    func definite() async throws {
        world.script(.failure(.busy))
        try await bench.put(.toy())
        let report = try #require(try await bench.runPass(.web))
        guard case .failed(let failure) = report.verdict else { throw NeverCame(description: "a failure") }
        #expect(failure.retryAfter == .seconds(7))
        #expect(report.object.intent == nil)
        #expect(report.object.ready?.reason == "SiteError")
        try await bench.rest(.web)
        #expect(try await toy().isReady)
    }

    @Test("a silent site makes what was ready unknown, and deletes nothing")
    func silent() async throws {
        try await bench.put(.toy())
        try await bench.rest(.web)
        world.isSilent = true
        _ = try await bench.runPass(.web)
        #expect(try await toy().ready?.status == .unknown)
        #expect(try await toy().status?["boxID"] == "box-1", "what was known stays")
        world.isSilent = false
        try await bench.rest(.web)
        #expect(try await toy().isReady && world.all().count == 2)
    }

    @Test("Events of the same news are one that counts")
    func events() async throws {
        let recorder = EventRecorder(bench.server, component: "test", time: bench.time)
        let toy = try await bench.put(.toy())
        for _ in 0..<3 { await recorder.record(.warning, "Broken", "it broke", about: toy) }
        await recorder.record(.warning, "Broken", "it broke otherwise", about: toy)
        let events = try await bench.server.list(EventRecorder.type, ListQuery(.everywhere)).items
        #expect(events.compactMap { $0.tree["count"]?.integer }.sorted() == [1, 3])
        #expect(events.allSatisfy { $0.metadata.namespace == "prod" && $0.organization == "acme" })
    }
}

/// A kind with nothing in the world, for guards.
struct BaseReconciler: Reconciler {
    enum Change: Hashable, Sendable { case none }
    /// Hears that it must stay known.
    var stayed: @Sendable () -> Void = {}

    var type: ResourceType { ToyReconciler.base }
    func references(of object: Object) -> [Reference] { [] }
    func stay(_ input: PassInput) async throws { stayed() }
    func observe(_ input: PassInput) async throws {}
    func steps(_ input: PassInput, _ observed: Void) -> Steps<Change> {
        Steps(then: input.object.isDeleting ? .gone : .settled)
    }
    func perform(_ step: Step<Change>, _ input: PassInput, _ observed: Void) async throws {}
    func status(_ input: PassInput, _ observed: Void) -> JSONObject { JSONObject() }
}
