// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import OpenStackSimulator
import RESTClient
import Testing

@Suite("Faults of a simulated site", .timeLimit(.minutes(1)))
struct FaultTests {
    struct Case: CustomTestStringConvertible {
        let effect: Fault.Effect
        /// Absent when no answer comes.
        let status: Int?
        let isMade: Bool
        var testDescription: String { "\(effect)" }
    }

    static let cases = [
        Case(effect: .conflict, status: 409, isMade: false),
        Case(effect: .tooManyRequests(retryAfter: .seconds(7)), status: 429, isMade: false),
        Case(effect: .quotaExceeded, status: 409, isMade: false),
        Case(effect: .expiredToken, status: 401, isMade: false),
        Case(effect: .errorAfterSuccess, status: 500, isMade: true),
        Case(effect: .lostAnswer, status: nil, isMade: true),
        Case(effect: .latency(.milliseconds(1)), status: 201, isMade: true),
    ]

    @Test("a fault hits one creation, says what it should, and makes what it should", arguments: cases)
    func creation(_ given: Case) async throws {
        try await SiteClient.use { client async throws in
            client.site.add(Fault("POST", "/network/v2.0/networks", given.effect))
            if let status = given.status {
                let reply = try await client.network()
                #expect(reply.status == status)
                #expect(reply.headers[.retryAfter] == (status == 429 ? "7" : nil))
            } else {
                await #expect(throws: RESTError.self) { try await client.network() }
            }
            #expect(client.site.inventory.map(\.kind) == (given.isMade ? ["network"] : []))
            var again = client
            again.token = try await client.login(.demo)
            #expect(try await again.network().status == 201, "the fault is used up")
        }
    }

    @Test("a late success is found after its time, and not before")
    func lateSuccess() async throws {
        let clock = HandClock()
        var settings = SiteSettings()
        settings.now = { clock.now }
        try await SiteClient.use(settings) { client async throws in
            client.site.add(Fault("POST", "/network/v2.0/networks", .lateSuccess(after: .seconds(30))))
            await #expect(throws: RESTError.self) { try await client.network() }
            clock.advance(by: 29)
            #expect(try await client.networks() == [])
            clock.advance(by: 1)
            #expect(try await client.networks().count == 1)
        }
    }

    @Test("a partial list holds less and says nothing of it")
    func partialList() async throws {
        try await SiteClient.use { client async throws in
            for _ in 0..<3 { _ = try await client.network() }
            client.site.add(Fault("GET", "/network/**", .partialList(keep: 1)))
            #expect(try await client.networks().count == 1)
            #expect(try await client.networks().count == 3)
        }
    }

    @Test("a black hole takes a request and never answers")
    func blackHole() async throws {
        try await SiteClient.use { client async throws in
            client.site.add(Fault(nil, "/network/v2.0/*", .blackHole))
            let asking = Task { try await client.send("GET", "/network/v2.0/networks", deadline: .seconds(3600)) }
            while client.site.calls.last?.status != 0 { try await Task.sleep(for: .milliseconds(1)) }
            asking.cancel()
            await #expect(throws: CancellationError.self) { try await asking.value }
        }
    }

    @Test("an answer that is held back never comes, though everything happened")
    func heldAnswer() async throws {
        try await SiteClient.use { client async throws in
            client.site.add(Fault("POST", "/network/v2.0/networks", .heldAnswer))
            await #expect(throws: RESTError.self) {
                try await client.send(
                    "POST", "/network/v2.0/networks", ["network": ["name": "web"]], deadline: .milliseconds(100))
            }
            #expect(client.site.calls.last?.status == 201)
            #expect(client.site.inventory.map(\.name) == ["web"])
        }
    }

    @Test("an expired token stays expired")
    func expired() async throws {
        let clock = HandClock()
        var settings = SiteSettings()
        settings.now = { clock.now }
        settings.tokenLifetime = .seconds(60)
        try await SiteClient.use(settings) { client async throws in
            #expect(try await client.network().status == 201)
            clock.advance(by: 60)
            #expect(try await client.network().status == 401)
        }
    }
}
