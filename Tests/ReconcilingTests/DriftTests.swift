// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import ReconcilingTesting
import Resources
import Synchronization
import Testing

@testable import Reconciling

/// A lamp that others may switch and take away too.
struct LampReconciler: Reconciler {
    struct Room: Sendable {
        var colour: String?
        /// Looks that find nothing although it is there.
        var misses = 0
        var trouble: Trouble?
    }

    struct Trouble: PassError {
        var isAmbiguous: Bool { false }
        var rejection: Rejection? { nil }
        var retryAfter: Duration? { nil }
        var message: String { "the fuse is gone" }
        var diagnosis: Rejection? { Rejection(reason: "Dark", message: message, fixer: .yourAdmin) }
    }

    final class World: Sendable {
        let room = Mutex(Room())
    }

    let world = World()
    let type = ResourceType(group: "toys.scs.community", version: "v1", kind: "Lamp", plural: "lamps")
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] { [] }

    func observe(_ input: PassInput) async throws -> String? {
        let colour = world.room.withLock { room -> String? in
            guard room.misses > 0 else { return room.colour }
            room.misses -= 1
            return nil
        }
        if colour == nil, let id = input.object.status?["id"]?.string, !input.missing.contains(id) {
            throw Missing([id])
        }
        return colour
    }

    func steps(_ input: PassInput, _ observed: String?) -> Steps<String> {
        if input.object.isDeleting { return Steps(then: .gone) }
        let wanted = input.object.spec?["colour"]?.string ?? ""
        guard observed != wanted else { return Steps() }
        let difference = Difference("spec.colour", wanted: wanted, found: observed ?? "dark")
        let verb: Step<String>.Verb = observed == nil ? .create : .change
        return Steps([Step(verb, wanted, "make it \(wanted)", differences: [difference])])
    }

    func perform(_ step: Step<String>, _ input: PassInput, _ observed: String?) async throws -> String? {
        try world.room.withLock { room in
            if let trouble = room.trouble { throw trouble }
            room.colour = step.change
        }
        return step.change
    }

    func status(_ input: PassInput, _ observed: String?) -> JSONObject {
        JSONObject(observed == nil ? [] : [("id", "lamp-1")])
    }
}

@Suite("Drift and imports", .timeLimit(.minutes(1)))
struct DriftTests {
    let bench = Bench(LampReconciler())

    func lamp() async throws -> Object { try #require(try await bench.object(.web)) }
    func edit(_ body: (inout LampReconciler.Room) -> Void) { bench.reconciler.world.room.withLock { body(&$0) } }

    func start(importing: Bool = false) async throws {
        var object = Object(bench.reconciler.type.kind, key: .web, spec: ["colour": "red"])
        if importing { object.metadata.annotations[PassInput.importAnnotation] = "lamp-1" }
        try await bench.put(object)
        try await bench.rest(.web)
    }

    @Test("drift is set right, and told by condition and Event; an edit is no drift")
    func corrected() async throws {
        try await start()
        #expect(try await lamp().condition("InSync")?.reason == "InSync")
        edit { $0.colour = "blue" }
        try await bench.rest(.web)
        let inSync = try await lamp().condition("InSync")
        #expect(inSync?.status == .yes && inSync?.reason == "Corrected")
        #expect(inSync?.message.hasPrefix("spec.colour: wanted red, found blue; set right at 20") == true)
        let events = try await bench.server.list(EventRecorder.type, ListQuery(.everywhere)).items
        #expect(events.contains { $0.tree["reason"] == "Drifted" && $0.tree["type"] == "Warning" })
        try await bench.settlesAndThenDoesNothing(.web)
        let patch = Patch.merge(["spec": ["colour": "green"]])
        _ = try await bench.server.patch(bench.reconciler.type, .web, patch, WriteOptions())
        try await bench.rest(.web)
        #expect(try await lamp().condition("InSync")?.reason == "InSync")
    }

    @Test("drift that is not set right yet stands in the condition, beside who can help")
    func drifted() async throws {
        try await start()
        edit {
            $0.colour = "blue"
            $0.trouble = LampReconciler.Trouble()
        }
        try await bench.runPass(.web)
        let inSync = try await lamp().condition("InSync")
        #expect(inSync?.status == .no && inSync?.reason == "Drifted")
        let ready = try await lamp().ready
        #expect(ready?.reason == "Dark" && ready?.message == "the fuse is gone (to be fixed by your admin)")
        edit { $0.trouble = nil }
        try await bench.rest(.web)
        #expect(try await lamp().condition("InSync")?.reason == "Corrected")
    }

    @Test("one look that finds nothing changes nothing; two in a row do", arguments: [1, 2])
    func missing(misses: Int) async throws {
        try await start()
        edit { $0.misses = misses }
        try await bench.runPass(.web)
        let lost = try await lamp()
        #expect(lost.status?["missing"] == ["lamp-1"] && lost.ready?.status == .unknown)
        let performed = try await bench.rest(.web).flatMap(\.performed)
        #expect(performed == (misses == 1 ? [] : ["make it red"]))
        let found = try await lamp()
        #expect(found.isReady && found.status?["missing"] == nil)
    }

    @Test("what is imported is taken over as it is, or not at all")
    func imports() async throws {
        edit { $0.colour = "blue" }
        try await start(importing: true)
        let ready = try await lamp().ready
        #expect(ready?.reason == "ImportDiffers" && ready?.message.contains("wanted red, found blue") == true)
        #expect(try await lamp().status?["id"] == nil)
        edit { $0.colour = "red" }
        let reports = try await bench.rest(.web)
        #expect(reports.flatMap(\.performed) == [] && bench.reconciler.world.room.withLock { $0.colour } == "red")
        let lamp = try await lamp()
        #expect(lamp.isReady && lamp.status?["id"] == "lamp-1")
    }
}
