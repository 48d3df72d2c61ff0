// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Kubernetes
import RESTClient

/// Somebody who sends plain requests, and sees what came back.
struct Caller: Sendable {
    let transport: HTTPTransport
    /// `https://HOST:PORT`.
    let server: String
    var token: String?
    let trust: Trust

    init(_ config: Kubeconfig) throws {
        transport = try HTTPTransport(HTTPTransport.Settings(trust: config.trust))
        server = config.server
        token = config.token
        trust = config.trust
    }

    /// The same server, as somebody else.
    func with(identity: Trust.Identity? = nil, token: String? = nil) throws -> Caller {
        try Caller(Kubeconfig(server: server, trust: Trust(trust.roots, identity: identity), token: token))
    }

    struct Answer: Sendable {
        var status: Int
        var text: String

        var tree: JSON { (try? JSON(parsing: text)) ?? .null }
        var resourceVersion: String { tree["metadata"]?["resourceVersion"]?.string ?? "" }
        var names: [String] { tree["items"]?.array?.compactMap { $0["metadata"]?["name"]?.string } ?? [] }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil,
        as type: String = "application/json", deadline: Duration = .seconds(20)
    ) async throws -> Answer {
        try await send(method, path, bytes: body?.bytes ?? [], as: type, deadline: deadline)
    }

    /// The same with a certain `Accept`.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil, accept: String
    ) async throws -> Answer {
        var request = request(method, path, body?.bytes ?? [], "application/json", .seconds(20))
        request.headers[.accept] = accept
        let answer = try await transport.send(request)
        return Answer(status: answer.status, text: String(decoding: answer.body, as: UTF8.self))
    }

    /// The same without a body, with further headers.
    func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields) async throws -> Answer {
        var request = request(method, path, [], "application/json", .seconds(20))
        request.headers.append(contentsOf: headers)
        let answer = try await transport.send(request)
        return Answer(status: answer.status, text: String(decoding: answer.body, as: UTF8.self))
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, bytes: [UInt8], as type: String,
        deadline: Duration = .seconds(20)
    ) async throws -> Answer {
        let answer = try await transport.send(request(method, path, bytes, type, deadline))
        return Answer(status: answer.status, text: String(decoding: answer.body, as: UTF8.self))
    }

    func patch(_ path: String, _ body: JSON) async throws -> Answer {
        try await send(.patch, path, body, as: "application/merge-patch+json")
    }

    /// The bytes of a watch as they arrive, with its status.
    func stream(_ path: String) async throws -> (status: Int, chunks: RESTChunks) {
        let (head, chunks) = try await transport.stream(request(.get, path, [], "application/json", .seconds(20)))
        return (head.status, chunks)
    }

    private func request(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8], _ type: String, _ deadline: Duration
    ) -> RESTRequest {
        var headers: HTTPFields = [.accept: "application/json"]
        if !body.isEmpty { headers[.contentType] = type }
        if let token { headers[.authorization] = "Bearer \(token)" }
        return RESTRequest(method, server + path, headers: headers, body: body, deadline: deadline, isIdempotent: false)
    }
}
