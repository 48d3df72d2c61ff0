// SPDX-License-Identifier: Apache-2.0

import APIServer
import HTTPTypes
import JSONTree
import Serving
import Synchronization

/// An answer as a test reads it.
struct TestAnswer: Sendable {
    let code: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSON { (try? JSON(parsing: bytes)) ?? .null }
    var message: String { json["message"]?.string ?? text }
    var names: [String] { (json["items"]?.array ?? []).compactMap { $0["metadata"]?["name"]?.string } }
    var version: String { json["metadata"]?["resourceVersion"]?.string ?? "" }
    var warnings: [String] { headers.filter { $0.name.canonicalName == "warning" }.map(\.value) }
    /// The lines of a watch.
    var events: [JSON] { bytes.split(separator: 10).compactMap { try? JSON(parsing: Array($0)) } }
}

/// Collects what is streamed.
final class Collector: ResponseWriter {
    private let state = Mutex<[UInt8]>([])
    var bytes: [UInt8] { state.withLock { $0 } }
    var events: [JSON] { bytes.split(separator: 10).compactMap { try? JSON(parsing: Array($0)) } }
    func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        state.withLock { $0 += bytes }
    }
}

extension TestServer {
    static let widgets = "/apis/test.scs.community/v1/namespaces/prod/widgets"

    /// Where the widgets of an organization's namespace `prod` are.
    static func widgets(_ organization: String) -> String { "/organizations/\(organization)\(widgets)" }

    /// Sends a request; the text before a question mark is the path.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", type: String? = nil, accept: String? = nil,
        as token: String? = "admin", headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        let response = await response(method, path, body, type: type, accept: accept, as: token, headers: headers)
        let bytes: [UInt8]
        switch response.body {
        case .bytes(let all): bytes = all
        case .stream(let write):
            let collector = Collector()
            try await write(collector)
            bytes = collector.bytes
        }
        return TestAnswer(code: response.status.code, headers: response.headers, bytes: bytes)
    }

    func response(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", type: String? = nil, accept: String? = nil,
        as token: String? = "admin", headers: HTTPFields = [:]
    ) async -> Response {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let accept { headers[.accept] = accept }
        let usual = method == .patch ? "application/merge-patch+json" : "application/json"
        if !body.isEmpty { headers[.contentType] = type ?? usual }
        return await handler.respond(
            to: Request(
                method: method, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: headers,
                body: RequestBody(Array(body.utf8)), remoteAddress: "192.0.2.7", id: "request-1"))
    }

    /// The body of a widget.
    static func widget(
        _ name: String, _ spec: String = "{}", metadata: String = "", version: String = "v1"
    ) -> String {
        #"{"apiVersion":"test.scs.community/\#(version)","kind":"Widget","metadata":{"name":"\#(name)"\#(metadata)},"spec":\#(spec)}"#
    }

    /// Makes a widget in an organization and returns its resourceVersion.
    @discardableResult
    func make(
        _ name: String, _ spec: String = "{}", metadata: String = "", in organization: String = "acme"
    ) async throws
        -> String
    {
        let answer = try await send(
            .post, Self.widgets(organization), Self.widget(name, spec, metadata: metadata))
        guard answer.code == 201 else { throw Unexpected(answer: answer.text) }
        return answer.version
    }
}

struct Unexpected: Error { let answer: String }
