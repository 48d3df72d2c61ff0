// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import OpenStackSimulator
import RESTClient
import Synchronization
import Testing

/// Speaks to a simulated site as curl would.
struct SiteClient: Sendable {
    struct Reply {
        let status: Int
        let headers: HTTPFields
        let body: JSON
    }

    let site: SimulatedSite
    let root: String
    var token: String?
    private let transport: any RESTTransport

    /// Runs a site, and the body with a client that is the site's demo user.
    static func use(
        _ settings: SiteSettings = SiteSettings(), _ body: @Sendable (SiteClient) async throws -> Void
    ) async throws {
        let site = SimulatedSite(settings)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await site.run() }
            let url = try await site.authURL
            var client = SiteClient(
                site: site, root: url.replacing("/identity/v3", with: ""), transport: try HTTPTransport(.init()))
            client.token = try await client.login(.demo)
            try await body(client)
            group.cancelAll()
        }
    }

    private init(site: SimulatedSite, root: String, transport: any RESTTransport) {
        self.site = site
        self.root = root
        self.transport = transport
    }

    func login(_ credential: SiteCredential) async throws -> String {
        let user: JSON = [
            "name": .string(credential.username), "password": .string(credential.password),
            "domain": ["name": .string(credential.userDomain)],
        ]
        let scope: JSON =
            credential.project.map {
                ["project": ["name": .string($0), "domain": ["name": .string(credential.domain)]]]
            }
            ?? ["domain": ["name": .string(credential.domain)]]
        let auth: JSON = ["identity": ["methods": ["password"], "password": ["user": user]], "scope": scope]
        let reply = try await send("POST", "/identity/v3/auth/tokens", ["auth": auth])
        let name = try #require(HTTPField.Name("X-Subject-Token"))
        return try #require(reply.headers[name])
    }

    func send(
        _ method: String, _ path: String, _ body: JSON? = nil, deadline: Duration = .seconds(10)
    ) async throws -> Reply {
        var headers = HTTPFields()
        if let token, let name = HTTPField.Name("X-Auth-Token") { headers[name] = token }
        let request = RESTRequest(
            try #require(HTTPRequest.Method(method)), root + path, headers: headers, body: body?.bytes ?? [],
            deadline: deadline, isIdempotent: false)
        let response = try await transport.send(request)
        return Reply(
            status: response.status, headers: response.headers, body: (try? JSON(parsing: response.body)) ?? .null)
    }

    func network(_ mark: String = "scs:test") async throws -> Reply {
        try await send("POST", "/network/v2.0/networks", ["network": ["name": "net", "description": .string(mark)]])
    }

    func networks() async throws -> [JSON] {
        try await send("GET", "/network/v2.0/networks?description=scs:test").body["networks"]?.array ?? []
    }
}

/// A clock that moves when a test says so.
final class HandClock: Sendable {
    private let state = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
    var now: Date { state.withLock { $0 } }
    func advance(by seconds: Double) { state.withLock { $0 += seconds } }
}
