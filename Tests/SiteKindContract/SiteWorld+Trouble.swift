// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStackSimulator
import Reconciling
import ReconcilingTesting
import Resources
import Schemas
import TestTime

/// A kind of call, with a star for each id in its path.
struct CallShape: Hashable {
    let method: String
    let path: String

    init(_ call: SiteCall) {
        method = call.method
        let parts = call.path.split(separator: "/").map { part in
            part.count >= 32 && part.allSatisfy { $0.isHexDigit || $0 == "-" } || part.hasPrefix("scs-") ? "*" : part
        }
        path = "/" + parts.joined(separator: "/")
    }

    /// Whether a second one would make a second thing.
    var creates: Bool { method == "POST" || path.hasSuffix("add_router_interface") }
    /// Whether a quota can stand in its way.
    var isPost: Bool { method == "POST" && !path.hasSuffix("action") }
    var any: Bool { true }
}

extension SiteWorld {
    /// What a creation without faults calls and makes.
    private static func clean(_ kind: SiteKind<R>) async throws -> (shapes: [CallShape], counts: [String: Int]) {
        var result: (shapes: [CallShape], counts: [String: Int]) = ([], [:])
        try await run(kind) { world in
            try await world.start(kind.everything)
            try await world.requireReady()
            var seen: Set<CallShape> = []
            result = (world.writes.map(CallShape.init).filter { seen.insert($0).inserted }, world.counts)
        }
        return result
    }

    /// Creates with the same fault on the first call of each shape; ends as without, and leaves nothing when deleted.
    static func withFaults(
        _ kind: SiteKind<R>, _ effect: Fault.Effect, on isHit: (CallShape) -> Bool,
        _ look: ([PassReport]) throws -> Void
    ) async throws {
        let clean = try await clean(kind)
        let hit = clean.shapes.filter(isHit)
        try await run(kind) { world in
            try await world.prepare()
            for shape in hit { world.site.add(Fault(shape.method, shape.path, effect)) }
            try await world.put(kind.everything)
            let reports = try await world.bench.rest(kind.key)
            try look(reports)
            try await world.requireReady()
            try world.require(
                world.counts == clean.counts, "the site has \(world.counts), without fault \(clean.counts)")
            world.bench.clock.advance(by: .seconds(120))
            try await world.bench.settlesAndThenDoesNothing(kind.key)
            try world.require(world.counts == clean.counts, "a double came late: \(world.counts)")
            try await world.bench.delete(kind.key)
            try world.requireGone(try await world.bench.object(kind.key))
        }
    }

    static func survives(_ kind: SiteKind<R>) async throws {
        try await withFaults(kind, .conflict, on: \.any) { _ in }
        try await withFaults(kind, .errorAfterSuccess, on: \.any) { _ in }
        try await withFaults(kind, .tooManyRequests(retryAfter: .seconds(7)), on: \.any) { reports in
            try requireReason("Throttled", "(to be fixed by the provider)", in: reports)
        }
        try await withFaults(kind, .quotaExceeded, on: \.isPost) { reports in
            try requireReason("QuotaExceeded", "(to be fixed by your admin)", in: reports)
        }
        try await survivesDeletion(kind)
    }

    private static func requireReason(_ reason: String, _ words: String, in reports: [PassReport]) throws {
        let conditions = reports.compactMap { $0.object.condition("Ready") }
        guard conditions.contains(where: { $0.reason == reason && $0.message.contains(words) }) else {
            throw ScenarioFailed("no condition said \(reason) \(words): \(conditions.map(\.reason))")
        }
    }

    /// The first deletion of each kind of thing fails in each way.
    private static func survivesDeletion(_ kind: SiteKind<R>) async throws {
        for effect in [Fault.Effect.conflict, .tooManyRequests(retryAfter: .seconds(7)), .errorAfterSuccess] {
            try await run(kind) { world in
                try await world.start(kind.everything)
                world.site.add(Fault("DELETE", "/network/**", effect))
                world.site.add(Fault("DELETE", "/compute/**", effect))
                world.site.add(Fault("DELETE", "/volume/**", effect))
                world.site.add(Fault("DELETE", "/identity/**", effect))
                try await world.bench.delete(kind.key)
                try world.requireGone(try await world.bench.object(kind.key))
            }
        }
    }
}

// MARK: - Imports and rejections

extension SiteWorld {
    static func imports(_ kind: SiteKind<R>) async throws {
        try await run(kind) { world in
            try await world.prepare()
            let id = try await kind.foreign(world)
            world.site.forgetCalls()
            if let other = kind.otherThanForeign {
                try await world.refusesImport(of: id, other, as: "differs", "ImportDiffers")
                try await world.bench.delete(world.key("differs"))
            }
            try await world.refusesImport(of: "no-such-thing", kind.plain, as: "nothing", "ImportNotFound")
            try await world.put(kind.plain, importing: id)
            try await world.bench.rest(kind.key)
            try await world.requireReady()
            let object = try await world.object()
            try world.require(world.id(of: object) == id, "it has not the id \(id): \(object.status?.text ?? "")")
            try world.require(
                world.writes.filter { !kind.allowsAtImport($0) }.isEmpty, "the import wrote: \(world.writes)")
            try await world.refusesImport(of: id, kind.plain, as: "second", "ImportTaken")
            try await world.bench.settlesAndThenDoesNothing(kind.key)
        }
    }

    func key(_ name: String) -> ObjectKey {
        ObjectKey(organization: kind.key.organization, namespace: kind.key.namespace, name: name)
    }

    private func refusesImport(of id: String, _ spec: JSON, as name: String, _ reason: String) async throws {
        try await put(spec, importing: id, named: name)
        let report = try await bench.rest(key(name)).last
        let said = trouble(of: report?.object)
        try require(said?.contains(reason) == true, "it does not say \(reason), but \(said ?? "nothing")")
        try require(writes.filter { !kind.allowsAtImport($0) }.isEmpty, "a refused import wrote: \(writes)")
    }

    /// Reason and message of the condition; of the site's entry where an object is at several.
    fileprivate func trouble(of object: Object?) -> String? {
        let ready = object?.condition("Ready")
        let entry = object?.status?["sites"]?.array?.first
        let said = [entry?["reason"]?.string, entry?["message"]?.string].compactMap(\.self).joined(separator: " ")
        return ready.map { "\($0.reason) \($0.message) \(said)" }
    }

    static func rejects(_ kind: SiteKind<R>) async throws {
        let old = Object(kind.kind.type.kind, key: kind.key, spec: kind.plain)
        for (path, patch) in kind.refusals.sorted(by: { $0.key < $1.key }) {
            var new = old
            new.spec = kind.plain.merging(patch)
            let issues = kind.kind.issues(new, old)
            guard issues.contains(where: { $0.path == path }) else {
                throw ScenarioFailed("a change of \(path) is taken, with \(issues.map(\.path))")
            }
        }
        for (reason, spec) in kind.rejections.sorted(by: { $0.key < $1.key }) {
            try await run(kind) { world in
                try await world.start(spec)
                let said = world.trouble(of: try await world.object()) ?? ""
                try world.require(said.contains(reason), "it does not say \(reason), but \(said)")
            }
        }
    }
}

extension SiteKind {
    /// Access to a project is granted anew, which changes nothing of the project itself.
    func allowsAtImport(_ call: SiteCall) -> Bool { access == .domain && call.path.contains("/roles/") }
}
