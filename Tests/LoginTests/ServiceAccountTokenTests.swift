// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Resources
import Synchronization
import Testing

@testable import Login

@Suite("Service account tokens", .timeLimit(.minutes(1)))
struct ServiceAccountTokenTests {
    static let now: Int64 = 1_800_000_000
    static let bot = ServiceAccountReference(organization: "acme", namespace: "ci", name: "bot", uid: "u1")
    static let rootBot = ServiceAccountReference(organization: "", namespace: "ci", name: "bot", uid: "u0")

    /// The world that the tokens see; tests change it.
    final class World: Sendable {
        struct State {
            var now = ServiceAccountTokenTests.now
            var keys = SigningKeys(now: ServiceAccountTokenTests.now)
            var uids = ["acme": "u1", "": "u0"]
        }
        let state = Mutex(State())

        func tokens(issuer: String = "https://scs.example") -> ServiceAccountTokens {
            ServiceAccountTokens(
                issuer: issuer, keys: { self.state.withLock { $0.keys } },
                uid: { account in self.state.withLock { $0.uids[account.organization] } },
                now: { self.state.withLock { $0.now } })
        }
    }

    static func isRefused(_ body: () async throws -> UserInfo?) async -> Bool {
        do {
            _ = try await body()
            return false
        } catch let error as APIError {
            return error.reason == .unauthorized
        } catch {
            return false
        }
    }

    @Test("log their account in")
    func user() async throws {
        let tokens = World().tokens()
        let (token, expires) = try await tokens.issue(for: Self.bot, lifetime: 3600)
        let user = try #require(try await tokens.authenticate(token: token, organization: "acme"))
        #expect(expires == Self.now + 3600)
        #expect(user.name == "system:serviceaccount:ci:bot")
        #expect(user.uid == "u1")
        #expect(user.organization == "acme")
        #expect(user.groups == ["system:serviceaccounts", "system:serviceaccounts:ci"])
    }

    @Test("of an organization are refused under every other path", arguments: ["", "umbrella"])
    func path(asked: String) async throws {
        let tokens = World().tokens()
        let token = try await tokens.issue(for: Self.bot, lifetime: 3600).token
        #expect(await Self.isRefused { try await tokens.authenticate(token: token, organization: asked) })
    }

    @Test("of the root are good under every path", arguments: ["", "umbrella"])
    func root(asked: String) async throws {
        let tokens = World().tokens()
        let token = try await tokens.issue(for: Self.rootBot, lifetime: 3600).token
        let user = try await tokens.authenticate(token: token, organization: asked)
        #expect(user?.name == "system:serviceaccount:ci:bot")
        #expect(user?.organization == nil)
    }

    @Test("end when they say so")
    func expiry() async throws {
        let world = World()
        let tokens = world.tokens()
        let token = try await tokens.issue(for: Self.bot, lifetime: 600).token
        world.state.withLock { $0.now += 599 }
        #expect(try await tokens.authenticate(token: token, organization: "acme") != nil)
        world.state.withLock { $0.now += 1 }
        #expect(await Self.isRefused { try await tokens.authenticate(token: token, organization: "acme") })
    }

    @Test("live within the limits", arguments: [(Int64(1), Int64(600)), (7200, 7200), (.max, 86400)])
    func lifetime(asked: Int64, given: Int64) async throws {
        #expect(try await World().tokens().issue(for: Self.bot, lifetime: asked).expires == Self.now + given)
    }

    @Test("end with their account, and with one of the same name that came later")
    func account() async throws {
        let world = World()
        let tokens = world.tokens()
        let token = try await tokens.issue(for: Self.bot, lifetime: 600).token
        for uid in [nil, "u2"] {
            world.state.withLock { $0.uids["acme"] = uid }
            #expect(await Self.isRefused { try await tokens.authenticate(token: token, organization: "acme") })
        }
    }

    @Test("of another audience are refused, but by who asks for that audience")
    func audience() async throws {
        let tokens = World().tokens()
        let token = try await tokens.issue(for: Self.bot, audiences: ["vault"], lifetime: 600).token
        #expect(await Self.isRefused { try await tokens.authenticate(token: token, organization: "acme") })
        let review = try await tokens.review(token: token, organization: "acme", audiences: ["x", "vault"])
        #expect(review?.audiences == ["vault"])
    }

    @Test("with anything changed are refused")
    func tampering() async throws {
        let tokens = World().tokens()
        let token = try await tokens.issue(for: Self.bot, lifetime: 600).token
        let other = try await tokens.issue(for: Self.rootBot, lifetime: 600).token
        let parts = token.split(separator: ".").map(String.init)
        let others = other.split(separator: ".").map(String.init)
        let mixed = [parts[0], others[1], parts[2]].joined(separator: ".")
        #expect(await Self.isRefused { try await tokens.authenticate(token: mixed, organization: "") })
        let strangers = try await World().tokens().issue(for: Self.bot, lifetime: 600).token
        #expect(await Self.isRefused { try await tokens.authenticate(token: strangers, organization: "acme") })
    }

    @Test("of other issuers are nobody's business here", arguments: ["", "x", "a.b.c"])
    func others(text: String) async throws {
        let tokens = World().tokens()
        #expect(try await tokens.authenticate(token: text, organization: "acme") == nil)
        let token = try await World().tokens(issuer: "https://other.example").issue(for: Self.bot, lifetime: 600).token
        #expect(try await tokens.authenticate(token: token, organization: "acme") == nil)
    }

    @Test("outlive a rotation, and their key goes when the last of them is gone")
    func rotation() async throws {
        let world = World()
        let tokens = world.tokens()
        let first = world.state.withLock { $0.keys.keys[0].id }
        let token = try await tokens.issue(for: Self.bot, lifetime: 3600).token
        func rotate(after seconds: Int64) -> Bool {
            world.state.withLock {
                $0.now += seconds
                return $0.keys.rotate(at: $0.now, age: 1000, longestToken: 3600)
            }
        }
        #expect(!rotate(after: 999))
        #expect(rotate(after: 1))
        #expect(world.state.withLock { $0.keys.signer(at: $0.now)?.id } == first)
        #expect(world.state.withLock { $0.keys.signer(at: $0.now + 600)?.id } != first)
        #expect(try await tokens.authenticate(token: token, organization: "acme") != nil)
        world.state.withLock { $0.now = Self.now + 3599 }
        #expect(try await tokens.authenticate(token: token, organization: "acme") != nil)
        #expect(rotate(after: 1000 + 4200 - 3599))
        #expect(await Self.isRefused { try await tokens.authenticate(token: token, organization: "acme") })
        #expect(world.state.withLock { $0.keys.keys.map(\.id) }.contains(first) == false)
    }

    @Test("sign with keys that survive being kept")
    func kept() throws {
        let keys = SigningKeys(now: Self.now)
        #expect(SigningKeys(tree: keys.tree) == keys)
        #expect(SigningKeys(tree: ["keys": []]) == nil)
        #expect(SigningKeys(tree: ["keys": [["pem": "x", "since": 1]]]) == nil)
    }
}
