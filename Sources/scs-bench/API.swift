// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Kubernetes
import RESTClient

/// The server as a client sees it: HTTP/1.1 over TLS, connections kept alive, as many as requests are under way.
struct API: Sendable {
    let transport: HTTPTransport
    private let server: String
    private let token: String?

    /// An answer that the phase did not expect.
    struct Unexpected: Error, CustomStringConvertible {
        let request: String
        let status: Int
        let body: String
        var description: String { "\(request) answered \(status): \(body)" }
    }

    init(_ config: Kubeconfig, connections: Int) throws {
        transport = try HTTPTransport(.init(trust: config.trust, connectionsPerHost: connections))
        server = config.server
        token = config.token
    }

    func request(
        _ method: HTTPRequest.Method, _ path: String, type: String = "application/json", accept: String? = nil,
        body: String = ""
    ) -> RESTRequest {
        var headers: HTTPFields = [.accept: accept ?? "application/json"]
        if !body.isEmpty { headers[.contentType] = type }
        if let token { headers[.authorization] = "Bearer \(token)" }
        return RESTRequest(method, "\(server)/\(path)", headers: headers, body: Array(body.utf8))
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, type: String = "application/json", accept: String? = nil,
        body: String = ""
    ) async throws -> RESTResponse {
        try await transport.send(request(method, path, type: type, accept: accept, body: body))
    }

    /// The answer's body; throws `Unexpected` unless the server did what it was asked.
    func expect(
        _ method: HTTPRequest.Method, _ path: String, type: String = "application/json", accept: String? = nil,
        body: String = ""
    ) async throws -> [UInt8] {
        let answer = try await send(method, path, type: type, accept: accept, body: body)
        guard (200...299).contains(answer.status) else {
            throw Unexpected(
                request: "\(method.rawValue) \(path)", status: answer.status,
                body: String(decoding: answer.body.prefix(500), as: UTF8.self))
        }
        return answer.body
    }
}

extension Collection<UInt8> {
    /// The text behind the first `"name":"`, up to the next quotation mark.
    func text(of name: String) -> String? {
        let mark = Array("\"\(name)\":\"".utf8)
        guard let range = firstRange(of: mark) else { return nil }
        return String(decoding: self[range.upperBound...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
}
