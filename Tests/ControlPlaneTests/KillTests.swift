// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Testing
import TestTime

@Suite("The server and kill -9", .timeLimit(.minutes(2)))
struct KillTests {
    private static let path = "/api/v1/namespaces/scs-system/configmaps"

    @Test(
        "a kill at any instant loses nothing acknowledged, and watches resume from before it",
        arguments: [UInt64.testSeed])
    func storm(seed: UInt64) async throws {
        var random = Seeded(state: seed)
        let server = RunningServer()
        try await server.start()
        for round in 0..<4 {
            let place: Comment = "seed \(seed), round \(round)"
            let limit = Int.random(in: 20..<200, using: &random)
            let start = try await server.admin().send(.get, Self.path).resourceVersion
            let storm = Storm(caller: try server.admin(), path: Self.path)
            async let blown: Void = storm.run(round: round, since: start)
            try await eventually("the moment to kill", within: .seconds(30)) {
                round % 2 == 0 ? await storm.ledger.hasAnswers(limit) : await storm.ledger.isAhead(limit)
            }
            try await server.kill9()
            await blown
            try await server.start()
            try await check(storm.ledger, server.admin(), since: start, place)
        }
    }

    private func check(_ ledger: Ledger, _ admin: Caller, since start: String, _ place: Comment) async throws {
        let acknowledged = await ledger.acknowledged
        let watched = await ledger.watched
        let history = try await history(admin, since: start)
        #expect(history == history.sorted { $0.resourceVersion < $1.resourceVersion }, place)
        #expect(Set(acknowledged).isSubset(of: Set(history)), place)
        #expect(Array(history.prefix(watched.count)) == watched, place)

        let present = try await admin.send(.get, Self.path).tree["items"]?.array?.compactMap { Moment($0) } ?? []
        let states = Dictionary(uniqueKeysWithValues: present.map { ($0.name, $0) })
        for (name, moments) in Dictionary(grouping: history, by: \.name) where name != Self.sentinel {
            #expect(states[name] == moments.last, place)
        }
    }

    private static let sentinel = "sentinel"

    /// What a watch from before the kill tells now, up to an object that is written for that.
    private func history(_ admin: Caller, since start: String) async throws -> [Moment] {
        _ = try await admin.send(.delete, "\(Self.path)/\(Self.sentinel)")
        let mark = try await admin.send(
            .post, Self.path, ["metadata": ["name": .string(Self.sentinel)], "data": ["turn": "0"]])
        let end = try #require(Int(mark.resourceVersion), "\(mark.text)")
        let collected = Ledger()
        try await Storm.watch(admin, "\(Self.path)?watch=1&resourceVersion=\(start)") { moments in
            await collected.see(moments)
            return moments.last.map { $0.resourceVersion < end } ?? true
        }
        return await collected.watched.filter { $0.name != Self.sentinel }
    }
}
