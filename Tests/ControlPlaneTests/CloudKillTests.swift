// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import OpenStackSimulator
import Testing

@Suite("kill -9 while a cloud is at work", .serialized, .timeLimit(.minutes(5)))
struct CloudKillTests {
    private static let organizations = ["acme", "globex"]

    /// When the server dies, as seen from a call that makes something.
    enum Moment: CaseIterable {
        /// It was performed; its answer is held back.
        case beforeTheAnswer
        /// It was answered; the status may or may not have been written.
        case afterTheAnswer
    }

    @Test(
        "a kill between the cloud's deed and our status makes nothing twice",
        arguments: Moment.allCases, [UInt64.testSeed])
    func answered(moment: Moment, seed: UInt64) async throws {
        var random = Seeded(state: seed)
        let fleet = Fleet(of: Self.organizations, machines: 4, using: &random)
        try await Stage.play { stage in
            var open = Weather.creations.shuffled(using: &random).map {
                Fault($0.method, $0.path, .heldAnswer)
            }
            if moment == .beforeTheAnswer { for fault in open { stage.site.add(fault) } }
            try await stage.open(Self.organizations)
            await Clerk(fleet).create(try stage.server.admin())
            var seen = 0
            while !open.isEmpty {
                try await stage.killAndRestart(after: seen) { calls in
                    calls.contains { call in open.contains { $0.has(call) } }
                }
                let calls = stage.site.calls
                for call in calls.dropFirst(seen) {
                    if let index = open.firstIndex(where: { $0.has(call) }) { open.remove(at: index) }
                }
                seen = calls.count
            }
            try await stage.expectOneOfEach("seed \(seed), \(moment)")
        }
    }

    @Test(
        "a storm of creations with lost answers, late successes and kills ends with one of each",
        arguments: [UInt64.testSeed])
    func storm(seed: UInt64) async throws {
        var random = Seeded(state: seed)
        let fleet = Fleet(of: Self.organizations, machines: 10, using: &random)
        let clerk = Clerk(fleet)
        try await Stage.play { stage in
            for fault in Weather.storm(over: Weather.creations, using: &random) { stage.site.add(fault) }
            try await stage.open(Self.organizations)
            for _ in 0..<3 {
                let limit = Int.random(in: 3..<20, using: &random)
                let admin = try stage.server.admin()
                async let asked: Void = clerk.create(admin)
                let first = stage.site.calls.count
                try await stage.killAndRestart(after: first) { $0.count(where: \.isWrite) >= limit }
                await asked
            }
            stage.site.clearFaults()
            await clerk.create(try stage.server.admin())
            #expect(await clerk.refusals == [])
            #expect(await clerk.receipts.count == fleet.wishes.count)
            try await stage.expectOneOfEach("seed \(seed)")
            let present = try await stage.objects()
            for (path, receipt) in await clerk.receipts {
                let later = present.first { $0.text("metadata", "uid") == receipt.uid }
                #expect(receipt.isHonored(by: later.flatMap { Clerk.Receipt($0) }), "seed \(seed): \(path)")
            }
        }
    }

    @Test(
        "all can be deleted in a storm with kills, and then the site holds nothing of ours",
        arguments: [UInt64.testSeed])
    func deletion(seed: UInt64) async throws {
        var random = Seeded(state: seed)
        let fleet = Fleet(of: Self.organizations, machines: 5, using: &random)
        try await Stage.play { stage in
            try await stage.open(Self.organizations)
            await Clerk(fleet).create(try stage.server.admin())
            try await stage.expectOneOfEach("seed \(seed)")
            for fault in Weather.storm(over: Weather.deletions, using: &random) { stage.site.add(fault) }
            let namespaces = Self.organizations.map { "/organizations/\($0)/api/v1/namespaces/\(Stage.project)" }
            let organizations = Self.organizations.map { "\(Stage.management)/organizations/\($0)" }
            var paths = fleet.wishes.shuffled(using: &random).map(\.objectPath) + namespaces + organizations
            for _ in 0..<2 {
                let limit = Int.random(in: 1..<12, using: &random)
                let (admin, asked) = (try stage.server.admin(), paths)
                async let rest = Clerk.delete(asked, admin)
                let first = stage.site.calls.count
                try await stage.killAndRestart(after: first) { $0.count { $0.method == "DELETE" } >= limit }
                paths = await rest
            }
            _ = await Clerk.delete(paths + namespaces + organizations, try stage.server.admin())
            try await stage.eventually("seed \(seed): an empty site") {
                try await stage.objects().isEmpty && stage.site.inventory.isEmpty
            }
        }
    }
}

extension Fault {
    /// Whether it is about this call, which was performed.
    fileprivate func has(_ call: SiteCall) -> Bool { hits(call.method, call.path) && (200..<300).contains(call.status) }
}
