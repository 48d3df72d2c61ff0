// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStackSimulator
import Reconciling
import ReconcilingTesting
import Resources
import TestTime

extension SiteWorld {
    func creates() async throws {
        try await start(kind.plain)
        try await requireReady()
        let object = try await object()
        let things = made.filter { $0.kind == kind.thing }
        try require(things.count == 1, "the site has \(things.count) of \(kind.thing)")
        try require(id(of: object) == things.first?.id, "the status does not show the id \(things.first?.id ?? "")")
        let uid = object.metadata.uid ?? ""
        let isMarked = things.contains { thing in (thing.marks + [thing.id]).contains { $0.contains(uid) } }
        try require(isMarked, "it carries no mark: \(things)")
        let inSync = object.condition("InSync")
        try require(
            !bench.reconciler.reportsDrift || inSync?.reason == "InSync", "InSync is \(inSync?.reason ?? "absent")")
    }

    func createsWithEverything() async throws {
        try await start(kind.everything)
        try await requireReady()
        try require(try await kind.hasEverything(self), "the site has not everything: \(made)")
    }

    func waits() async throws {
        try await put(kind.everything)
        try await bench.rest(kind.key)
        let ready = try await object().condition("Ready")
        try require(ready?.reason == "Waiting", "it does not wait: \(ready?.reason ?? "") \(ready?.message ?? "")")
        try require(writes.isEmpty, "it wrote while it should wait: \(writes)")
        try await prepare()
        try await bench.rest(kind.key)
        try await requireReady()
    }

    func updates() async throws {
        try await start(kind.everything)
        try await requireReady()
        try await edit(kind.update)
        try await bench.planEqualsCalls(kind.key)
        try await requireReady()
        try require(try await kind.isUpdated(self), "the site has not the update: \(made)")
        let inSync = try await object().condition("InSync")
        try require(inSync?.reason != "Corrected", "an edit is taken for drift: \(inSync?.message ?? "")")
    }

    func noticesOutsideDeletion() async throws {
        try await start(kind.plain)
        try await requireReady()
        let before = counts
        let id = id(of: try await object()) ?? ""
        try await kind.remove(self, id)
        site.forgetCalls()
        try await bench.runPass(kind.key)
        try require(writes.isEmpty, "one look was taken for the truth: \(writes)")
        let ready = try await object().condition("Ready")
        try require(ready?.status == .unknown, "Ready is \(ready?.status.rawValue ?? "") \(ready?.message ?? "")")
        try await bench.rest(kind.key)
        if let reason = kind.reasonWhenGone {
            let found = try await object().condition("Ready")?.reason
            return try require(found == reason && writes.isEmpty, "the reason is \(found ?? ""), not \(reason)")
        }
        try await requireReady()
        try require(counts == before, "the site has \(counts), and had \(before)")
    }

    func reportsDrift() async throws {
        try await start(kind.everything)
        try await requireReady()
        guard let drift = kind.drift else {
            return try require(!bench.reconciler.reportsDrift, "it reports drift, and no test shows it")
        }
        try await drift.change(self, id(of: try await object()) ?? "")
        try await bench.rest(kind.key)
        try await requireReady()
        let object = try await object()
        let inSync = object.condition("InSync")
        try require(
            inSync?.reason == "Corrected" && inSync?.message.contains(drift.field) == true,
            "InSync is \(inSync?.reason ?? "") \(inSync?.message ?? ""), and should name \(drift.field)")
        let events = try await bench.server.list(EventRecorder.type, ListQuery(.everywhere)).items
        let told = events.contains { event in
            event.tree["reason"] == "Drifted" && event.tree["message"]?.string?.contains(drift.field) == true
        }
        try require(told, "no Event tells of it")
        let left = try await bench.pass.plan(for: object).steps
        try require(left.isEmpty, "it was not set right: \(left.map(\.summary))")
    }

    func deletes() async throws {
        try await start(kind.everything)
        try await requireReady()
        try await bench.delete(kind.key)
        try requireGone(try await bench.object(kind.key))
    }

    func deletesWhenGone() async throws {
        try await start(kind.plain)
        try await requireReady()
        try await kind.remove(self, id(of: try await object()) ?? "")
        try await bench.delete(kind.key)
        try requireGone(try await bench.object(kind.key))
    }

    func requireGone(_ object: Object?) throws {
        let ready = object?.condition("Ready")
        try require(object == nil, "it is still there: \(ready?.reason ?? "") \(ready?.message ?? "")")
        try require(made.isEmpty, "left behind: \(made)")
    }

    func planEqualsCalls() async throws {
        try await prepare()
        try await put(kind.everything)
        let object = try await object()
        let planned = try await bench.pass.plan(for: object).steps.count
        try require(writes.isEmpty, "the plan wrote: \(writes)")
        try await bench.planEqualsCalls(kind.key)
        try await requireReady()
        try require(
            writes.count == planned - kind.objectSteps,
            "\(planned) steps were planned, the site saw \(writes.map(\.description))")
    }

    func settles() async throws {
        try await start(kind.everything)
        try await bench.settlesAndThenDoesNothing(kind.key)
        site.forgetCalls()
        try await bench.runPass(kind.key)
        try require(writes.isEmpty, "it goes on writing: \(writes)")
    }
}
