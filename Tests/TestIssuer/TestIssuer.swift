// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import HTTPTypes
package import JSONTree
import Login
package import Serving
import Synchronization

/// An issuer of OpenID Connect in this process, over HTTPS, with an authority of its own.
///
/// Its user agrees at once. It answers discovery, keys, the code flow with PKCE, the device flow, and refreshing.
package final class TestIssuer: RequestHandler {
    /// What a test may change while it runs.
    package struct Behaviour: Sendable {
        package var key = TestKey(id: "k1")
        /// The keys that it shows; only `key` when empty.
        package var shown: [JSON] = []
        /// The issuer that discovery names; the true one when absent.
        package var claimedIssuer: String?
        /// The claims of the tokens that its endpoints give, beside those of every token.
        package var claims: JSON = ["sub": "u-1", "preferred_username": "alice", "groups": ["dev"]]
        package var isDown = false
        /// How often the user must be waited for in the device flow.
        package var devicePolls = 1
        /// A nonce in the place of the one that was sent.
        package var nonce: String?
        package var now: Int64 = 1_800_000_000
    }

    struct Grant: Sendable {
        var challenge: String?
        var nonce: String?
        var redirect: String?
    }

    struct State: Sendable {
        var behaviour = Behaviour()
        var port = 0
        var grants: [String: Grant] = [:]
        var counts: [String: Int] = [:]
        var next = 0
    }

    let state = Mutex(State())
    /// What clients must trust, in PEM.
    package let authorityPEM: String
    private let tls: ListenerSettings.TLS

    package init() throws {
        let now = Int64(Date().timeIntervalSince1970)
        let authority = try CertificateAuthority(name: "issuer's", now: now)
        let certificate = try authority.serverCertificate(now: now)
        authorityPEM = try authority.certificatePEM
        tls = .init(certificates: certificate.certificatePEM, privateKey: certificate.keyPEM)
    }

    package var url: String { "https://localhost:\(state.withLock(\.port))/realm" }

    package func change(_ body: (inout Behaviour) -> Void) { state.withLock { body(&$0.behaviour) } }

    /// How often a path below the issuer was asked: `/keys`.
    package func count(_ path: String) -> Int { state.withLock { $0.counts[path, default: 0] } }

    /// Runs an issuer while the body runs.
    package static func run<Value: Sendable>(
        _ body: @Sendable (TestIssuer) async throws -> Value
    ) async throws -> Value {
        let issuer = try TestIssuer()
        let listener = Listener(ListenerSettings(tls: issuer.tls), handler: issuer)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await listener.run() }
            let port = try await listener.boundPort()
            issuer.state.withLock { $0.port = port }
            return try await body(issuer)
        }
    }

    /// A token with these claims beside issuer, times (an hour from now) and an id; a null takes a claim away.
    package func token(_ claims: JSON = [:], header: JSON = [:], key: TestKey? = nil) throws -> String {
        let behaviour = state.withLock(\.behaviour)
        var all: JSON = [
            "iss": .string(url), "aud": "scs", "iat": .integer(behaviour.now), "exp": .integer(behaviour.now + 3600),
        ]
        all.merge(behaviour.claims)
        all.merge(claims)
        return try (key ?? behaviour.key).sign(all, header: header)
    }

    package func respond(to request: Request) async -> Response {
        let path = String(request.path.dropFirst("/realm".count))
        let isDown = state.withLock { state in
            state.counts[path, default: 0] += 1
            return state.behaviour.isDown
        }
        guard !isDown else { return Response(status: .serviceUnavailable) }
        let form = Self.form(String(decoding: (try? await request.body.collect(65536)) ?? [], as: UTF8.self))
        switch path {
        case "/.well-known/openid-configuration": return Self.json(discovery)
        case "/keys": return Self.json(keys)
        case "/authorize": return authorize(Self.form(request.query))
        case "/token": return token(form)
        case "/device": return device(form)
        default: return Response(status: .notFound)
        }
    }

    private var discovery: JSON {
        let url = url
        return [
            "issuer": .string(state.withLock(\.behaviour.claimedIssuer) ?? url), "jwks_uri": .string(url + "/keys"),
            "authorization_endpoint": .string(url + "/authorize"), "token_endpoint": .string(url + "/token"),
            "device_authorization_endpoint": .string(url + "/device"),
        ]
    }

    private var keys: JSON {
        let behaviour = state.withLock(\.behaviour)
        return ["keys": .array(behaviour.shown.isEmpty ? [behaviour.key.public] : behaviour.shown)]
    }

    static func json(_ tree: JSON, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: "application/json"], body: .bytes(tree.bytes))
    }

    static func form(_ text: String) -> [String: String] {
        var components = URLComponents()
        components.percentEncodedQuery = text.replacing("+", with: "%20")
        let pairs = (components.queryItems ?? []).map { ($0.name, $0.value ?? "") }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }
}
