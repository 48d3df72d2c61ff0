// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import RESTClient
import Synchronization
import Testing

@Suite("Session", .timeLimit(.minutes(1)))
struct SessionTests {
    private static let none = #"{"servers":[],"networks":[]}"#

    @Test("a call carries the token and its own service's microversion, and asks for both once")
    func headers() async throws {
        let site = ScriptedSite { _ in ScriptedSite.json(200, Self.none) }
        let session = site.session()
        for _ in 0..<2 { _ = try await Nova(session).servers() }
        _ = try await Neutron(session).networks()
        #expect(site.tokens == 1)
        #expect(site.requests.filter { $0.url.hasSuffix("/v2.1/") }.count == 1)
        #expect(site.calls.map { $0.header("X-Auth-Token") } == ["token-1", "token-1", "token-1"])
        #expect(site.calls.map { $0.header("OpenStack-API-Version") } == ["compute 2.90", "compute 2.90", nil])
        #expect(site.calls.last?.url == "http://neutron.example/v2.0/networks?limit=500")
    }

    @Test("the password travels to Keystone only")
    func password() async throws {
        let site = ScriptedSite { _ in ScriptedSite.json(200, Self.none) }
        _ = try await Nova(site.session()).servers()
        let holders = site.requests.filter { String(decoding: $0.body, as: UTF8.self).contains("hunter2") }
        #expect(holders.map(\.url) == ["http://site.example/v3/auth/tokens"])
    }

    @Test("a refused token is renewed once, for a POST too")
    func renewsOnce() async throws {
        let site = ScriptedSite { request in
            request.header("X-Auth-Token") == "token-1"
                ? ScriptedSite.json(401, #"{"error":{"code":401,"message":"expired"}}"#)
                : ScriptedSite.json(202, #"{"server":{"id":"s"}}"#)
        }
        let made = try await Nova(site.session()).createServer(.init(name: "a", flavor: "f"))
        #expect(made.id == "s")
        #expect(site.tokens == 2)
        #expect(site.calls.count == 2)
    }

    @Test("a second refusal is an error, and not a loop")
    func givesUp() async throws {
        let site = ScriptedSite { _ in ScriptedSite.json(401, #"{"error":{"code":401,"message":"no"}}"#) }
        let error = await #expect(throws: OpenStackError.self) { try await Nova(site.session()).servers() }
        #expect(error?.code == .unauthorized)
        #expect(site.calls.count == 2)
    }

    @Test("a token is renewed before it expires")
    func renewsBefore() async throws {
        let clock = SteppedClock()
        let site = ScriptedSite { _ in ScriptedSite.json(200, Self.none) }
        let session = site.session(clock: clock)
        _ = try await session.token()
        clock.advance(by: .seconds(54 * 60))
        _ = try await session.token()
        #expect(site.tokens == 1)
        clock.advance(by: .seconds(60))
        _ = try await session.token()
        #expect(site.tokens == 2)
    }

    @Test("many calls at once ask Keystone once")
    func oneRenewalInFlight() async throws {
        let site = ScriptedSite { _ in ScriptedSite.json(200, Self.none) }
        let session = site.session()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await session.token() } }
            try await group.waitForAll()
        }
        #expect(site.tokens == 1)
    }

    @Test("an id that is empty reaches nobody", arguments: ["", ".", ".."])
    func emptyID(_ id: String) async throws {
        let site = ScriptedSite { _ in ScriptedSite.json(204, "") }
        let error = await #expect(throws: OpenStackError.self) { try await Nova(site.session()).deleteServer(id) }
        #expect(error?.code == .badCall)
        #expect(site.requests.isEmpty)
    }

    @Test("what is in an id stays one segment")
    func escapes() async throws {
        let site = ScriptedSite { _ in ScriptedSite.json(204, "") }
        try await Nova(site.session()).deleteKeypair("a/b?c d")
        #expect(site.calls.first?.url == "http://nova.example/v2.1/os-keypairs/a%2Fb%3Fc%20d")
    }

    @Test("pages are followed by their query, at the service's own address")
    func pages() async throws {
        let site = ScriptedSite { request in
            guard request.url.contains("marker=") else {
                return ScriptedSite.json(
                    200,
                    #"""
                    {"servers":[{"id":"a","status":"ACTIVE"}],
                    "servers_links":[{"rel":"next","href":"http://evil.example/v2.1/servers?tags=x%3Ay&marker=a"}]}
                    """#)
            }
            return ScriptedSite.json(200, #"{"servers":[{"id":"b","status":"NEW_WORD"}]}"#)
        }
        let servers = try await Nova(site.session()).servers(["tags": "x:y"])
        #expect(servers.map(\.id) == ["a", "b"])
        #expect(servers.last?.status == "NEW_WORD")
        #expect(site.calls.last?.url == "http://nova.example/v2.1/servers/detail?tags=x%3Ay&marker=a")
    }

    @Test("a page that fails makes the list fail")
    func failingPage() async throws {
        let site = ScriptedSite { request in
            request.url.contains("marker=")
                ? ScriptedSite.json(500, "{}")
                : ScriptedSite.json(
                    200,
                    #"{"networks":[{"id":"a","name":"a"}],"networks_links":[{"rel":"next","href":"http://x/?marker=a"}]}"#
                )
        }
        await #expect(throws: OpenStackError.self) { try await Neutron(site.session()).networks() }
    }

    @Test("a site that is too old is refused by name")
    func tooOld() async throws {
        let site = ScriptedSite { _ in
            ScriptedSite.json(200, #"{"versions":[{"id":"v3.0","version":"3.27","min_version":"3.0"}]}"#)
        }
        let connection = SiteConnection(
            name: "test", transport: site, authURL: "http://site.example/v3",
            endpoints: [.volume: "http://cinder.example/v3/p"])
        let session = Session(
            connection, credential: .applicationCredential(id: "a", Secret("s")), scope: .unspecified)
        let error = await #expect(throws: OpenStackError.self) { try await Cinder(session).volumes() }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("3.27") == true)
    }

    @Test("a service without endpoint is an error that names it")
    func noEndpoint() async throws {
        let site = ScriptedSite { _ in ScriptedSite.json(200, "{}") }
        let error = await #expect(throws: OpenStackError.self) { try await Glance(site.session()).images() }
        #expect(error?.message.contains("no public endpoint for image in region one") == true)
    }
}
