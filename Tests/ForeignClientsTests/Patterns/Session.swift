// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Kubernetes
import RESTClient
import Testing

/// Sends what a client is known to send, headers and all, and shows the whole answer.
struct Session {
    let caller: Caller
    /// What the client calls itself.
    let agent: String

    struct Answer {
        var status: Int
        var headers: HTTPFields
        var body: [UInt8]

        var tree: JSON { (try? JSON(parsing: body)) ?? .null }
        var metadata: JSON { tree["metadata"] ?? .null }
        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    }

    /// Lets the body happen beside a server, in a namespace of its own.
    static func with(_ agent: String, _ body: (Session) async throws -> Void) async throws {
        let server = RunningServer()
        try await server.start()
        let session = Session(caller: try server.admin(), agent: agent)
        let made = try await session.send(
            .post, "/api/v1/namespaces", ["metadata": ["name": "shop"]])
        try #require(made.status == 201)
        try await body(session)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil,
        type: String = "application/json", accept: String = "application/json", with more: [String: String] = [:]
    ) async throws -> Answer {
        let answer = try await caller.transport.send(request(method, path, body, type, accept, more))
        return Answer(status: answer.status, headers: answer.headers, body: answer.body)
    }

    /// A watch: events as long as the body wants more; a minute at most.
    func watch(
        _ path: String, accept: String = "application/json", until isEnough: ([JSON]) -> Bool
    ) async throws -> [JSON] {
        let (head, chunks) = try await caller.transport.stream(request(.get, path, nil, "", accept, [:]))
        try #require(head.status == 200)
        var (rest, events): ([UInt8], [JSON]) = ([], [])
        for try await chunk in chunks {
            rest += chunk
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                events.append(try JSON(parsing: Array(rest[..<end])))
                rest.removeFirst(end + 1)
                if isEnough(events) { return events }
            }
        }
        return events
    }

    private func request(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON?, _ type: String, _ accept: String,
        _ more: [String: String]
    ) -> RESTRequest {
        var headers: HTTPFields = [.accept: accept, .userAgent: agent]
        if body != nil { headers[.contentType] = type }
        for (name, value) in more {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return RESTRequest(
            method, caller.server + path, headers: headers, body: body?.bytes ?? [], deadline: .seconds(60),
            isIdempotent: false)
    }
}

extension JSON {
    /// A ConfigMap for a request body.
    static func configMap(_ name: String, _ data: JSON = ["a": "1"], labels: JSON = [:]) -> JSON {
        [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": .string(name), "namespace": "shop", "labels": labels], "data": data,
        ]
    }

    var types: [String] { array?.compactMap { $0["type"]?.string } ?? [] }
    var name: String? { self["metadata"]?["name"]?.string }
}
