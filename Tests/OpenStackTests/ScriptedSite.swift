// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import OpenStack
import RESTClient
import Synchronization

/// A site in a closure: Keystone and version documents answer by themselves, everything else as the test says.
final class ScriptedSite: RESTTransport {
    typealias Handler = @Sendable (RESTRequest) async throws -> RESTResponse

    private let handler: Handler
    private let state = Mutex<(requests: [RESTRequest], tokens: Int)>(([], 0))
    private let lifetime: String

    /// The lifetime of tokens as the time of expiry after issue at 12:00, `13:00:00`.
    init(expiry: String = "13:00:00", handler: @escaping Handler) {
        lifetime = expiry
        self.handler = handler
    }

    /// What was asked, authentication included.
    var requests: [RESTRequest] { state.withLock { $0.requests } }
    /// How many tokens were given out.
    var tokens: Int { state.withLock { $0.tokens } }

    /// Without authentication and version documents.
    var calls: [RESTRequest] {
        requests.filter { !$0.url.hasSuffix("/auth/tokens") && !$0.url.hasSuffix("/v2.1/") }
    }

    func send(_ request: RESTRequest) async throws -> RESTResponse {
        state.withLock { $0.requests.append(request) }
        if request.url == "http://site.example/v3/auth/tokens" { return token() }
        if request.url.hasSuffix("/v2.1/") {
            return Self.json(200, #"{"version":{"id":"v2.1","status":"CURRENT","version":"2.90","min_version":"2.1"}}"#)
        }
        return try await handler(request)
    }

    private func token() -> RESTResponse {
        let number = state.withLock { state -> Int in
            state.tokens += 1
            return state.tokens
        }
        let body = """
            {"token":{"issued_at":"2026-01-01T12:00:00.000000Z","expires_at":"2026-01-01T\(lifetime).000000Z",
            "user":{"id":"u"},"project":{"id":"p","name":"demo"},"roles":[],"catalog":[
            {"type":"compute","endpoints":[{"interface":"public","region_id":"one","url":"http://nova.example/v2.1"}]},
            {"type":"network","endpoints":[{"interface":"public","region_id":"one","url":"http://neutron.example/"}]}]}}
            """
        var answer = Self.json(201, body)
        if let name = HTTPField.Name("X-Subject-Token") { answer.headers[name] = "token-\(number)" }
        return answer
    }

    static func json(_ status: Int, _ text: String, requestID: String? = nil) -> RESTResponse {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let requestID, let name = HTTPField.Name("x-openstack-request-id") { headers[name] = requestID }
        return RESTResponse(status: status, headers: headers, body: Array(text.utf8))
    }

    func session(clock: some Clock<Duration> = ContinuousClock()) -> Session {
        let connection = SiteConnection(name: "test", transport: self, authURL: "http://site.example/v3", region: "one")
        return Session(
            connection, credential: .password(.name("demo", .id("default")), Secret("hunter2")),
            scope: .project(id: "p"), clock: clock)
    }
}

extension RESTRequest {
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}
