// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Logging
import ReconcilingTesting
import Resources
import ServiceLifecycle
import Synchronization
import TestTime
import Testing

@testable import Reconciling

@Suite("Controller", .timeLimit(.minutes(1)))
struct ControllerTests {
    let clock = TestClock()
    let world: ToyWorld
    let server: MemoryObjectClient

    init() {
        world = ToyWorld(clock: clock)
        server = MemoryObjectClient(time: Timekeeper(clock))
    }

    func controller<R: Reconciler>(
        _ reconciler: R, _ informers: Informers, _ settings: ControllerSettings = ControllerSettings()
    ) -> Controller<R> {
        var settings = settings
        settings.backoff = Backoff(base: .seconds(1), cap: .seconds(60), random: { 0 })
        return Controller(
            reconciler, client: server, informers: informers, settings: settings, time: Timekeeper(clock),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Runs the toys' controller around a body.
    func running(
        _ settings: ControllerSettings = ControllerSettings(refersTo: [ToyReconciler.base]),
        _ body: () async throws -> Void
    ) async throws {
        let informers = Informers(client: server, time: Timekeeper(clock))
        let toys = controller(ToyReconciler(world: world), informers, settings)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            group.addTask { try await toys.run() }
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    func toy(_ key: ObjectKey = .web) async throws -> Object? { try await server.find(ToyReconciler.type, key) }

    func eventuallyReady(_ key: ObjectKey = .web) async throws {
        try await eventually("\(key.name) is ready") { try await toy(key)?.isReady == true }
    }

    @Test("what is there and what comes later settles, in every organization")
    func settles() async throws {
        try await server.seed(ToyReconciler.type, .toy())
        try await running {
            try await eventuallyReady()
            let other = ObjectKey(organization: "umbrella", namespace: "prod", name: "web")
            try await server.seed(ToyReconciler.type, Object(ToyReconciler.type.kind, key: other, spec: ["size": 1]))
            try await eventuallyReady(other)
            #expect(world.all().count == 4)
        }
    }

    @Test("an edit leads to a pass, and a pass does not wake itself")
    func edit() async throws {
        try await server.seed(ToyReconciler.type, .toy())
        try await running {
            try await eventuallyReady()
            _ = try await server.patch(
                ToyReconciler.type, .web, .merge(["spec": ["size": 9]]), WriteOptions())
            try await eventually("the edit shows") { try await toy()?.status?["size"] == 9 }
            try await eventuallyReady()
            let (revision, calls) = (server.revision, world.calls.count)
            // Another object's whole way through the same workers: time enough for a pass that should not be.
            let other = ObjectKey(organization: "acme", namespace: "prod", name: "other")
            try await server.seed(ToyReconciler.type, Object(ToyReconciler.type.kind, key: other))
            try await eventuallyReady(other)
            let writes = try await server.list(ToyReconciler.type, ListQuery(.everywhere)).items
            #expect(writes.first { $0.key == .web }?.metadata.resourceVersion.flatMap(Int64.init) ?? .max <= revision)
            #expect(world.calls.count >= calls)
        }
    }

    @Test("the change of a referred object wakes who refers to it")
    func reference() async throws {
        try await server.seed(ToyReconciler.type, .toy(["base": "ground"]))
        try await running {
            try await eventually("it waits") { try await toy()?.ready?.reason == "Waiting" }
            try await server.seed(ToyReconciler.base, .base(isReady: true))
            try await eventuallyReady()
        }
    }

    @Test("a referred object's news wakes who refers to it, the words and times in its status do not")
    func words() async throws {
        let ground = try await server.seed(ToyReconciler.base, .base(isReady: true))
        try await server.seed(ToyReconciler.type, .toy(["base": "ground"]))
        try await running {
            try await eventuallyReady()
            world.removeBehindOurBack("lid-2")
            let words: JSON = ["type": "Ready", "status": "True", "reason": "Settled", "message": "for 7 seconds"]
            _ = try await server.patch(
                ToyReconciler.base, ground.key,
                .merge(["status": ["conditions": [words], "lastObserved": "2026-01-01T00:00:00Z"]]), .status)
            // Another object's whole way through the same workers: time enough for a pass that should not be.
            let other = ObjectKey(organization: "acme", namespace: "prod", name: "other")
            try await server.seed(ToyReconciler.type, Object(ToyReconciler.type.kind, key: other))
            try await eventuallyReady(other)
            #expect(world.all("lid").count == 1, "only the other's")
            _ = try await server.patch(ToyReconciler.base, ground.key, .merge(["status": ["zone": "b"]]), .status)
            try await eventually("the lid is back") { world.all("lid").count == 2 }
        }
    }

    @Test("an owned object wakes its owner")
    func owned() async throws {
        let owner = try await server.seed(ToyReconciler.type, .toy())
        try await running(ControllerSettings(owns: [ToyReconciler.base])) {
            try await eventuallyReady()
            world.removeBehindOurBack("lid-2")
            var child = Object.base(isReady: true)
            child.metadata.ownerReferences = [OwnerReference(to: owner)]
            try await server.seed(ToyReconciler.base, child)
            try await eventually("the lid is back") { world.all("lid").map(\.id) == ["lid-3"] }
        }
    }

    @Test("a settled object is looked at again at the resync")
    func resync() async throws {
        try await server.seed(ToyReconciler.type, .toy())
        try await running {
            try await eventuallyReady()
            world.removeBehindOurBack("lid-2")
            try await eventually("the resync is set") { clock.nextWake.map { $0 > .seconds(500) } == true }
            clock.advance(by: .seconds(600))
            try await eventually("the lid is back") { world.all("lid").count == 1 }
        }
    }

    @Test("a failure is retried with back-off, and the other side's wish to wait is obeyed")
    func retries() async throws {
        world.script(.failure(.busy))
        try await server.seed(ToyReconciler.type, .toy())
        try await running {
            try await eventually("the wish is obeyed") { clock.nextWake == .seconds(7) }
            world.isSilent = true
            clock.advance(by: .seconds(7))
            for seconds in [1, 2, 4] {
                try await eventually("a back-off of \(seconds) s") { clock.nextWake == .seconds(seconds) }
                clock.advance(by: .seconds(seconds))
            }
            try await eventually("a back-off of 8 s") { clock.nextWake == .seconds(8) }
            world.isSilent = false
            clock.advance(by: .seconds(8))
            try await eventuallyReady()
        }
    }

    @Test("a deletion goes on when the last user is gone")
    func guarded() async throws {
        let informers = Informers(client: server, time: Timekeeper(clock))
        let toys = ToyReconciler(world: world)
        let ground = Object.base(isReady: true).key
        let settings = ControllerSettings(pass: PassSettings(guards: [DeletionGuard(of: toys)]))
        let controllers: [any Service] = [
            informers, controller(toys, informers, ControllerSettings(refersTo: [ToyReconciler.base])),
            controller(BaseReconciler(), informers, settings),
        ]
        try await server.seed(ToyReconciler.base, .base(isReady: false))
        try await server.seed(ToyReconciler.type, .toy(["base": "ground"]))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for controller in controllers { group.addTask { try await controller.run() } }
            try await eventuallyReady()
            try await server.delete(ToyReconciler.base, ground, DeleteOptions())
            try await eventually("it is held") {
                try await server.find(ToyReconciler.base, ground)?.ready?.reason == "InUse"
            }
            try await server.delete(ToyReconciler.type, .web, DeleteOptions())
            try await eventually("both are gone") {
                let base = try await server.find(ToyReconciler.base, ground)
                return try await toy() == nil && base == nil
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test("a graceful shutdown lets running passes finish")
    func shutdown() async throws {
        let informers = Informers(client: server, time: Timekeeper(clock))
        let latch = Latch()
        var toys = ToyReconciler(world: world)
        toys.beforeCreation = { latch.reach() }
        let group = ServiceGroup(
            services: [informers, controller(toys, informers)],
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await server.seed(ToyReconciler.type, .toy())
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await eventually("a pass runs") { latch.isReached }
            await group.triggerGracefulShutdown()
            latch.release()
            try await tasks.waitForAll()
        }
        #expect(try await toy()?.isReady == true)
    }

    @Test(
        "many objects settle over a server that often conflicts, with one of each thing",
        arguments: [1, 2, 3] as [UInt64])
    func storm(seed: UInt64) async throws {
        var generator = Seeded(seed)
        let faults: [ToyWorld.Fault] = (0..<60).map { _ in
            [.lostAnswer, .lateSuccess(.seconds(20)), .lostRequest, .failure(.busy)].randomElement(using: &generator)
                ?? .lostAnswer
        }
        world.script(faults)
        let keys = (0..<30).map { ObjectKey(organization: "acme", namespace: "prod", name: "toy-\($0)") }
        try await running {
            for key in keys {
                try await server.seed(ToyReconciler.type, Object(ToyReconciler.type.kind, key: key, spec: ["size": 2]))
            }
            try await eventually("all are ready", within: .seconds(40)) {
                if let next = clock.nextWake, next < .seconds(400) { clock.advance(by: next) }
                return try await server.list(ToyReconciler.type, ListQuery(.everywhere)).items.allSatisfy(\.isReady)
            }
        }
        for kind in ["box", "lid"] {
            let marks = world.all(kind).map(\.mark)
            #expect(marks.count == 30 && Set(marks).count == 30, "seed \(seed)")
        }
    }
}

/// Holds a pass at a place until the test releases it.
private final class Latch: Sendable {
    private let state = Mutex<(isReached: Bool, isReleased: Bool)>((false, false))
    var isReached: Bool { state.withLock(\.isReached) }

    func release() { state.withLock { $0.isReleased = true } }

    /// Spins, as the closure that it stands in cannot wait.
    func reach() {
        state.withLock { $0.isReached = true }
        while !state.withLock(\.isReleased) {}
    }
}
