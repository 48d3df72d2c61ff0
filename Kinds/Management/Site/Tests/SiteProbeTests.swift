// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import OpenStack
import ReconcilingTesting
import Resources
import SiteKinds
import TestTime
import Testing

@testable import ManagementKinds

@Suite("Whether a site answers", .timeLimit(.minutes(1)))
struct SiteProbeTests {
    enum Answer: Sendable { case fine, silent, fails, refuses }

    let clock = TestClock()
    let answer = Recorder(Answer.fine)
    let client = MemoryObjectClient()
    static let key = ObjectKey(organization: "", name: "stuttgart")

    private var probe: SiteProbe {
        SiteProbe(client: client, time: Timekeeper(clock), isKnown: { _ in true }) { _ in
            switch answer.now {
            case .fine: return Timestamp(seconds: 1_800_000_000)
            case .silent:
                try await clock.sleep(for: .seconds(3600))
                throw CancellationError()
            case .fails: throw unreachable
            case .refuses: throw OpenStackError(.forbidden, operation: "look", said: "no")
            }
        }
    }

    private func look() async throws -> Object {
        async let next = probe.pass(Self.key)
        if answer.now == .silent {
            try await eventually("two sleepers") { clock.sleeperCount == 2 }
            clock.advance(by: .seconds(15))
        }
        let delay = try #require(try await next)
        // With the patience this stays below a minute.
        #expect(delay <= .seconds(30))
        return try await client.get(.site, Self.key)
    }

    private func begin() async throws {
        let site = object(.site, "stuttgart", spec: ["credentialsRef": ["name": "a"]])
        _ = try await client.create(.site, site, WriteOptions())
    }

    @Test("a site that answers is reachable, and that is written down once a minute only")
    func answers() async throws {
        try await begin()
        let first = try await look()
        #expect(first.condition("Reachable")?.status == .yes)
        let noted = try #require(first.status?["lastObserved"]?.string)
        clock.advance(by: .seconds(20))
        #expect(try await look().metadata.resourceVersion == first.metadata.resourceVersion)
        clock.advance(by: .seconds(60))
        #expect(try await look().status?["lastObserved"]?.string ?? "" > noted)
    }

    @Test(
        "a site that does not says why, who can mend it and since when, and comes back",
        arguments: [
            (Answer.silent, "Silent", "operator"), (.fails, "Silent", "operator"), (.refuses, "Refused", "provider"),
        ])
    func silent(answer wrong: Answer, reason: String, fixer: String) async throws {
        try await begin()
        let last = try await look().status?["lastObserved"]
        answer.change { $0 = wrong }
        clock.advance(by: .seconds(100))
        let site = try await look()
        let condition = try #require(site.condition("Reachable"))
        #expect(condition.status == .no && condition.reason == reason)
        #expect(condition.message.contains(fixer))
        #expect(site.status?["lastObserved"] == last)
        let again = try await look()
        #expect(again.condition("Reachable")?.lastTransitionTime == condition.lastTransitionTime)
        answer.change { $0 = .fine }
        #expect(try await look().condition("Reachable")?.status == .yes)
    }

    @Test("a deleted site is asked no more")
    func deleted() async throws { #expect(try await probe.pass(Self.key) == nil) }
}
