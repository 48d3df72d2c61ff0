// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Resources
import Serving
import TestTime
import Testing

@testable import APIServer

@Suite("Fairness", .timeLimit(.minutes(1)))
struct FairnessTests {
    /// A user may have one request at work and one in waiting, an organization two and two; watches do not wait.
    private static func narrow() -> Fairness {
        var limits = FairnessLimits()
        let small = ShareLimits.Bounds(all: 4, organization: 2, user: 1)
        limits.requests = ShareLimits(working: small, waiting: small)
        limits.lists = ShareLimits(working: small, waiting: small)
        limits.watches = ShareLimits(working: small, waiting: .init(undivided: 0))
        return Fairness(limits)
    }

    @Test("a user whose line is full gets 429 with Retry-After, and nobody else does")
    func refused() async throws {
        let fairness = Self.narrow()
        try await TestServer.run(fairness: fairness) { server in
            try await withHeld(server, "jane@acme", fairness) {
                let waiting = Task {
                    try await server.send(.get, "\(TestServer.widgets("acme"))/none", as: "jane@acme")
                }
                try await eventually("one waits") { fairness.counts(of: .requests).waiting == 1 }
                let answer = try await server.send(.get, "\(TestServer.widgets("acme"))/none", as: "jane@acme")
                #expect(answer.code == 429 && answer.headers[.retryAfter] == "1")
                #expect(answer.json["reason"] == "TooManyRequests" && answer.json["kind"] == "Status")
                #expect(answer.json["details"]?["retryAfterSeconds"] == 1)
                #expect(answer.message.contains(#"requests of user "jane@acme""#))
                for other in ["john@acme", "jane@globex", "admin"] {
                    let organization = other.hasSuffix("globex") ? "globex" : "acme"
                    let path = "\(TestServer.widgets(organization))/none"
                    #expect(try await server.send(.get, path, as: other).code == 404, "\(other)")
                }
                waiting.cancel()
                _ = try await waiting.value
            }
            #expect(fairness.counts(of: .requests) == (0, 0))
        }
    }

    @Test("an organization whose lines are full gets 429, whichever of its users asks")
    func organization() async throws {
        let fairness = Self.narrow()
        try await TestServer.run(fairness: fairness) { server in
            try await withHeld(server, "jane@acme", fairness) {
                try await withHeld(server, "jane@acme", as: "john@acme", fairness, working: 2) {
                    let waiting = ["a@acme", "b@acme"].map { name in
                        Task { try await server.send(.get, "\(TestServer.widgets("acme"))/none", as: name) }
                    }
                    try await eventually("two wait") { fairness.counts(of: .requests).waiting == 2 }
                    let answer = try await server.send(.get, "\(TestServer.widgets("acme"))/none", as: "c@acme")
                    #expect(answer.code == 429 && answer.message.contains(#"organization "acme""#))
                    #expect(
                        try await server.send(.get, "\(TestServer.widgets("globex"))/none", as: "jane@globex").code
                            == 404)
                    for task in waiting { task.cancel() }
                    for task in waiting { _ = try await task.value }
                }
            }
        }
    }

    @Test("a client that hangs up while it waits leaves the line, and no seat is lost")
    func hangsUp() async throws {
        let fairness = Self.narrow()
        try await TestServer.run(fairness: fairness) { server in
            for _ in 1...20 {
                try await withHeld(server, "jane@acme", fairness) {
                    let waiting = Task {
                        try await server.send(.get, "\(TestServer.widgets("acme"))/none", as: "jane@acme")
                    }
                    try await eventually("it waits") { fairness.counts(of: .requests).waiting == 1 }
                    waiting.cancel()
                    #expect(try await waiting.value.code == 503)
                    #expect(fairness.counts(of: .requests) == (1, 0))
                }
            }
            #expect(fairness.counts(of: .requests) == (0, 0))
            #expect(try await server.send(.get, "\(TestServer.widgets("acme"))/none", as: "jane@acme").code == 404)
        }
    }

    @Test("who has waited for a quarter of its time gets 429")
    func late() async throws {
        let fairness = Self.narrow()
        let clock = TestClock()
        let deadlines = RequestDeadlines(clock: clock)
        try await TestServer.run(fairness: fairness, deadlines: deadlines) { server in
            let ticking = Task { try await deadlines.run() }
            try await withHeld(server, "jane@acme", fairness) {
                let path = "\(TestServer.widgets("acme"))/none?timeout=8s"
                let waiting = Task { try await server.send(.get, path, as: "jane@acme") }
                try await eventually("it waits") { fairness.counts(of: .requests).waiting == 1 }
                for _ in 1...3 {
                    try await eventually("the clock is watched") { clock.sleeperCount > 0 }
                    clock.advance(by: .seconds(1))
                }
                let answer = try await waiting.value
                #expect(answer.code == 429 && answer.message.contains("waited in vain"))
            }
            ticking.cancel()
            try await ticking.value
        }
    }

    @Test("lists that are not read hold up lists only, and no request about one object")
    func lists() async throws {
        let fairness = Self.narrow()
        try await TestServer.run(fairness: fairness) { server in
            let note = String(repeating: "x", count: 90)
            for number in 0..<1_500 { try await server.make("w\(number)", #"{"note":"\#(note)"}"#) }
            let path = TestServer.widgets("acme")
            let unread = await server.response(.get, path, as: "jane@acme")
            guard case .stream = unread.body else { throw Unexpected(answer: "a long list is streamed") }
            #expect(fairness.counts(of: .lists) == (1, 0))
            let second = Task { try await server.send(.get, path, as: "jane@acme") }
            try await eventually("the second list waits") { fairness.counts(of: .lists).waiting == 1 }
            #expect(try await server.send(.get, "\(path)/w1", as: "jane@acme").code == 200)
            #expect(try await server.send(.get, path, as: "john@acme").code == 200)
            guard case .stream(let send) = unread.body else { return }
            try await send(Collector())
            #expect(try await second.value.code == 200)
            #expect(fairness.counts(of: .lists) == (0, 0))
        }
    }

    @Test("watches are counted apart while they run, and one too many is told so at once")
    func watches() async throws {
        let fairness = Self.narrow()
        try await TestServer.run(fairness: fairness) { server in
            let path = "\(TestServer.widgets("acme"))?watch=1"
            var running: Response? = await server.response(.get, path, as: "jane@acme")
            #expect(running?.status == .ok && fairness.counts(of: .watches) == (1, 0))
            #expect(fairness.counts(of: .lists) == (0, 0), "the beginning is over")
            let refused = try await server.send(.get, path, as: "jane@acme")
            #expect(refused.code == 429 && refused.headers[.retryAfter] == "10")
            #expect(try await server.send(.get, TestServer.widgets("acme"), as: "jane@acme").code == 200)
            // An answer whose client has gone before it was sent.
            running = nil
            #expect(fairness.counts(of: .watches) == (0, 0))
        }
    }

    @Test(
        "each request works in the share that is for it",
        arguments: [
            ("get", false, .requests), ("create", false, .requests), ("list", false, .lists),
            ("deletecollection", false, .lists), ("watch", true, .lists), ("watch", false, .requests),
        ] as [(String, Bool, Share)])
    func shares(verb: String, startsWithList: Bool, share: Share) {
        let customer = UserInfo(name: "jane", groups: ["system:masters"], organization: "acme")
        #expect(
            Share(verb: verb, startsWithList: startsWithList, of: customer) == share, "not even a master of its own")
        let provider = UserInfo(name: "admin", groups: ["system:masters"])
        #expect(Share(verb: verb, startsWithList: startsWithList, of: provider) == .system)
    }

    /// Runs the body while a user's request works: its body does not come to an end.
    private func withHeld(
        _ server: TestServer, _ user: String, as other: String? = nil, _ fairness: Fairness, working: Int = 1,
        body: () async throws -> Void
    ) async throws {
        let sender = other ?? user
        let (gate, opening) = AsyncStream<Void>.makeStream()
        let request = Request(
            method: .post, path: TestServer.widgets("acme"),
            headers: [.authorization: "Bearer \(sender)", .contentType: "application/json"],
            body: RequestBody { _ in
                for await _ in gate {}
                return []
            })
        let held = Task { await server.handler.respond(to: request) }
        try await eventually("a request works") { fairness.counts(of: .requests).working == working }
        try await body()
        opening.finish()
        #expect(await held.value.status.code == 400)
    }
}
