// SPDX-License-Identifier: Apache-2.0

import JSONTree
import RESTClient
import Resources
import Synchronization
import TestIssuer
import Testing

@testable import Login

@Suite("Issuers", .timeLimit(.minutes(1)))
struct IssuerTests {
    static let now: Int64 = 1_800_000_000

    /// The issuer as a settings file has it; members of `changes` replace ours.
    static func settings(_ issuer: TestIssuer, _ changes: JSON = [:]) -> JSON {
        var tree: JSON = [
            "issuer": [
                "url": .string(issuer.url), "audiences": ["scs"], "certificateAuthority": .string(issuer.authorityPEM),
            ],
            "claimMappings": [
                "username": ["claim": "preferred_username", "prefix": ""],
                "groups": ["claim": "groups", "prefix": "kc:"],
            ],
        ]
        tree.merge(changes)
        return tree
    }

    /// Issuers of acme; the clock is what the issuer believes.
    static func issuers(
        _ issuer: TestIssuer, _ changes: JSON = [:], provider: Bool = false, now: Int64 = now
    ) throws -> Issuers {
        let (read, issues) = IssuerSettings.read([settings(issuer, changes)], at: "jwt")
        try #require(issues.isEmpty, "\(issues)")
        let list = JSON.array([settings(issuer, changes)])
        return try Issuers(
            provider: provider ? read : [],
            source: { $0 == "acme" ? Issuers.Source(version: 1) { provider ? nil : list } : nil }, now: { now })
    }

    /// Why a token is refused; absent when it is not.
    static func refusal(
        _ issuers: Issuers, _ token: String, in organization: String = "acme", audiences: [String] = []
    ) async throws -> String? {
        do {
            _ = try await issuers.review(token: token, organization: organization, audiences: audiences)
            return nil
        } catch let error as APIError {
            #expect(error.reason == .unauthorized)
            return error.message
        }
    }

    @Test("log their users in under their organization's path only")
    func user() async throws {
        try await TestIssuer.run { issuer in
            let issuers = try Self.issuers(issuer)
            let token = try issuer.token(["jti": "t1"])
            let owner = try await issuers.review(token: token, organization: "acme", audiences: [])
            #expect(
                owner?.user
                    == UserInfo(
                        name: "alice", groups: ["kc:dev"],
                        extra: ["authentication.kubernetes.io/credential-id": ["JTI=t1"]], organization: "acme"))
            for other in ["", "umbrella"] {
                #expect(try await issuers.review(token: token, organization: other, audiences: []) == nil)
            }
        }
    }

    @Test("of the provider are good under every path")
    func provider() async throws {
        try await TestIssuer.run { issuer in
            let issuers = try Self.issuers(issuer, provider: true)
            let token = try issuer.token()
            for organization in ["", "acme"] {
                let owner = try await issuers.review(token: token, organization: organization, audiences: [])
                #expect(owner?.user.name == "alice")
                #expect(owner?.user.organization == nil)
            }
        }
    }

    @Test("of one address may serve several organizations, each with its own rules, and change while they run")
    func several() async throws {
        try await TestIssuer.run { issuer in
            let lists = Mutex<[String: (Int64, JSON)]>([
                "acme": (1, [Self.settings(issuer)]),
                "umbrella": (1, [Self.settings(issuer, ["issuer": ["audiences": ["other"]]])]),
            ])
            let issuers = try Issuers(
                provider: [],
                source: { name in
                    lists.withLock { $0[name] }.map { entry in Issuers.Source(version: entry.0) { entry.1 } }
                }, now: { Self.now })
            let token = try issuer.token()
            #expect(try await Self.refusal(issuers, token, in: "acme") == nil)
            #expect(try await Self.refusal(issuers, token, in: "umbrella") != nil)
            lists.withLock { $0["umbrella"] = (2, [Self.settings(issuer)]) }
            #expect(try await Self.refusal(issuers, token, in: "umbrella") == nil)
            lists.withLock { $0["umbrella"] = (3, []) }
            #expect(try await issuers.review(token: token, organization: "umbrella", audiences: []) == nil)
        }
    }

    @Test("sign with RSA, too")
    func rsa() async throws {
        try await TestIssuer.run { issuer in
            let key = try TestKey(rsa: "r1")
            issuer.change { $0.key = key }
            let issuers = try Self.issuers(issuer)
            #expect(try await Self.refusal(issuers, try issuer.token()) == nil)
            // The header may not choose another way for the same key.
            #expect(try await Self.refusal(issuers, try issuer.token(header: ["alg": "PS256"])) != nil)
        }
    }

    struct Bad: CustomTestStringConvertible {
        let testDescription: String
        var claims: JSON = [:]
        var header: JSON = [:]

        init(_ words: String, _ claims: JSON = [:], header: JSON = [:]) {
            (testDescription, self.claims, self.header) = (words, claims, header)
        }
    }

    static let bad = [
        Bad("no audience", ["aud": .null]), Bad("an empty audience", ["aud": []]),
        Bad("expired", ["exp": .integer(now - 61)]), Bad("without an end", ["exp": .null]),
        Bad("an end that is a text", ["exp": "2099"]), Bad("good for two days", ["exp": .integer(now + 2 * 86400)]),
        Bad("an end beyond numbers", ["exp": .integer(.max)]), Bad("not yet", ["nbf": .integer(now + 61)]),
        Bad("issued tomorrow", ["iat": .integer(now + 61)]), Bad("no user", ["preferred_username": .null]),
        Bad("an empty user", ["preferred_username": ""]), Bad("two users", ["preferred_username": ["a", "b"]]),
        Bad("a user of ours", ["preferred_username": "system:admin"]),
        Bad("groups that are numbers", ["groups": [1]]), Bad("a critical header", header: ["crit": ["x"]]),
        Bad("none", header: ["alg": "none"]), Bad("no algorithm", header: ["alg": .null]),
        Bad("another curve", header: ["alg": "ES384"]), Bad("RSA with an elliptic key", header: ["alg": "RS256"]),
    ]

    @Test("refuse a bad token", arguments: bad)
    func refuses(_ given: Bad) async throws {
        try await TestIssuer.run { issuer in
            let issuers = try Self.issuers(issuer)
            #expect(try await Self.refusal(issuers, try issuer.token(given.claims, header: given.header)) != nil)
        }
    }

    @Test("bear with clocks that differ by a minute")
    func skew() async throws {
        try await TestIssuer.run { issuer in
            let issuers = try Self.issuers(issuer)
            let late = try issuer.token(["exp": .integer(Self.now - 59)])
            let early = try issuer.token(["nbf": .integer(Self.now + 59)])
            #expect(try await Self.refusal(issuers, late) == nil)
            #expect(try await Self.refusal(issuers, early) == nil)
        }
    }

    @Test("show a new key, which is found at once; one that was withdrawn is believed no longer")
    func rotation() async throws {
        try await TestIssuer.run { issuer in
            let clock = Mutex(Self.now)
            let (read, _) = IssuerSettings.read([Self.settings(issuer)], at: "jwt")
            let issuers = try Issuers(provider: read, source: { _ in nil }, now: { clock.withLock(\.self) })
            let old = try issuer.token()
            #expect(try await Self.refusal(issuers, old, in: "") == nil)
            issuer.change { $0.key = TestKey(id: "k2") }
            clock.withLock { $0 += 11 }
            #expect(try await Self.refusal(issuers, try issuer.token(), in: "") == nil)
            #expect(try await Self.refusal(issuers, old, in: "") != nil)
        }
    }

    @Test("are not asked more often because somebody shows tokens of unknown keys")
    func rateLimit() async throws {
        try await TestIssuer.run { issuer in
            let issuers = try Self.issuers(issuer)
            for number in 0..<20 {
                let token = try issuer.token(key: TestKey(id: "x\(number)"))
                #expect(try await Self.refusal(issuers, token) != nil)
            }
            #expect(issuer.count("/keys") == 1)
            #expect(try await Self.refusal(issuers, try issuer.token()) == nil)
        }
    }

    @Test("are believed for an hour when they stop answering, and asked once by many at a time")
    func outage() async throws {
        try await TestIssuer.run { issuer in
            let clock = Mutex(Self.now)
            let (read, _) = IssuerSettings.read([Self.settings(issuer)], at: "jwt")
            let issuers = try Issuers(provider: read, source: { _ in nil }, now: { clock.withLock(\.self) })
            let token = try issuer.token(["exp": .integer(Self.now + 7200)])
            let good = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 { group.addTask { try await Self.refusal(issuers, token, in: "") == nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(good == 16)
            #expect(issuer.count("/keys") == 1)
            issuer.change { $0.isDown = true }
            clock.withLock { $0 += 3500 }
            #expect(try await Self.refusal(issuers, token, in: "") == nil)
            clock.withLock { $0 += 200 }
            #expect(try await Self.refusal(issuers, token, in: "") != nil)
        }
    }

    @Test("tell a review for which of the audiences a token is")
    func review() async throws {
        try await TestIssuer.run { issuer in
            let issuers = try Self.issuers(issuer)
            let token = try issuer.token(["aud": ["scs", "vault"]])
            let owner = try await issuers.review(token: token, organization: "acme", audiences: ["vault", "x"])
            #expect(owner?.audiences == ["vault"])
            #expect(try await Self.refusal(issuers, token, audiences: ["x"]) != nil)
        }
    }
}
