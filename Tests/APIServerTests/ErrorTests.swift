// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

/// Requests that are refused, with upstream's codes and, where clients read them, its words.
@Suite("Refusals", .timeLimit(.minutes(1)))
struct ErrorTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var method: HTTPRequest.Method = .post
        var path = TestServer.widgets("acme")
        var body = ""
        var type: String?
        var accept: String?
        let code: Int
        let reason: String
        var says = ""
        var testDescription: String { "\(method) \(path) \(body.prefix(60)) -> \(code) \(reason)" }
    }

    static let bodies = [
        Case(body: #"{"apiVersion": "#, code: 400, reason: "BadRequest", says: "must be of type Widget"),
        Case(body: "[]", code: 400, reason: "BadRequest"),
        Case(body: #"{"metadata":{"name":"one"}}"#, code: 400, reason: "BadRequest", says: "Object 'Kind' is missing"),
        Case(
            body: TestServer.widget("one").replacing("Widget", with: "Gizmo"), code: 422, reason: "Invalid",
            says: "must be Widget"),
        Case(
            body: TestServer.widget("one", version: "v2"), code: 400, reason: "BadRequest",
            says: "does not match the expected API version (test.scs.community/v1)"),
        Case(
            body: TestServer.widget("one", metadata: #","namespace":"elsewhere""#), code: 400, reason: "BadRequest",
            says: "the namespace of the provided object does not match the namespace sent on the request"),
        Case(
            body: TestServer.widget("one", metadata: #","labels":{"a":1}"#), code: 400, reason: "BadRequest",
            says: "metadata.labels"),
        Case(body: TestServer.widget("one", metadata: #","labels":[]"#), code: 400, reason: "BadRequest"),
        Case(
            body: TestServer.widget("one", #"{"size":"huge","replicas":11}"#), code: 422, reason: "Invalid",
            says: "spec.size"),
        Case(body: TestServer.widget("one", #""text""#), code: 422, reason: "Invalid", says: "spec"),
        Case(body: TestServer.widget("Upper_"), code: 422, reason: "Invalid", says: "metadata.name"),
        Case(body: TestServer.widget("a/b"), code: 422, reason: "Invalid", says: "metadata.name"),
        Case(body: TestServer.widget(""), code: 422, reason: "Invalid", says: "metadata.name"),
        Case(body: "a", type: "text/plain", code: 415, reason: "UnsupportedMediaType", says: "application/json"),
        Case(
            method: .patch, path: TestServer.widgets("acme") + "/one", body: "{}",
            type: "application/strategic-merge-patch+json", code: 415, reason: "UnsupportedMediaType",
            says: "application/merge-patch+json"),
    ]

    static let paths = [
        Case(
            method: .get, path: TestServer.widgets("acme") + "/one", code: 404, reason: "NotFound",
            says: #"widgets.test.scs.community "one" not found"#),
        Case(method: .get, path: TestServer.widgets("acme") + "/one/nothing", code: 404, reason: "NotFound"),
        Case(method: .put, body: TestServer.widget("one"), code: 405, reason: "MethodNotAllowed"),
        Case(
            method: .post, path: TestServer.widgets("acme") + "/one", body: "{}", code: 405, reason: "MethodNotAllowed"),
        Case(
            path: TestServer.widgets("acme").replacing("prod", with: "none"), body: TestServer.widget("one"), code: 404,
            reason: "NotFound", says: #"namespaces "none" not found"#),
        Case(
            path: TestServer.widgets("acme").replacing("prod", with: "gone"), body: TestServer.widget("one"), code: 403,
            reason: "Forbidden", says: "because it is being terminated"),
        Case(method: .get, accept: "text/html", code: 406, reason: "NotAcceptable"),
    ]

    static let queries = [
        Case(
            path: TestServer.widgets("acme") + "?dryRun=Some", body: TestServer.widget("one"), code: 422,
            reason: "Invalid", says: "dryRun"),
        Case(
            path: TestServer.widgets("acme") + "?fieldValidation=Maybe", body: TestServer.widget("one"), code: 422,
            reason: "Invalid", says: "fieldValidation"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?timeout=soon", code: 400, reason: "BadRequest",
            says: "timeout"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?limit=two", code: 400, reason: "BadRequest",
            says: "limit"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?labelSelector=app+in+x", code: 400, reason: "BadRequest"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?fieldSelector=spec.code%3Dx", code: 400,
            reason: "BadRequest", says: "field label not supported: spec.code"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?fieldSelector=metadata.name", code: 400,
            reason: "BadRequest"),
        Case(method: .get, path: TestServer.widgets("acme") + "?resourceVersion=abc", code: 400, reason: "BadRequest"),
        Case(method: .get, path: TestServer.widgets("acme") + "?resourceVersion=-1", code: 400, reason: "BadRequest"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?resourceVersion=9999", code: 504, reason: "Timeout",
            says: "Too large resource version"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?resourceVersion=0&resourceVersionMatch=Exact", code: 422,
            reason: "Invalid"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?resourceVersionMatch=Exact", code: 422, reason: "Invalid"
        ),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?continue=bm90aGluZw", code: 400, reason: "BadRequest",
            says: "continue"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?continue=!!", code: 400, reason: "BadRequest",
            says: "continue"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?watch=1&sendInitialEvents=true", code: 422,
            reason: "Invalid", says: "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?watch=1&resourceVersion=abc", code: 400,
            reason: "BadRequest"),
        Case(
            method: .get, path: TestServer.widgets("acme") + "?watch=1&timeoutSeconds=soon", code: 400,
            reason: "BadRequest"),
        Case(
            method: .delete, path: TestServer.widgets("acme") + "/one?propagationPolicy=Sideways", code: 422,
            reason: "Invalid", says: "propagationPolicy"),
    ]

    @Test("each refusal says what is wrong", arguments: bodies + paths + queries)
    func refuses(_ given: Case) async throws {
        try await TestServer.run { server in
            let answer = try await server.send(
                given.method, given.path, given.body, type: given.type, accept: given.accept)
            #expect(answer.code == given.code, "\(answer.text)")
            #expect(answer.json["kind"] == "Status")
            #expect(answer.json["status"] == "Failure")
            #expect(answer.json["code"] == .integer(Int64(given.code)))
            #expect(answer.json["reason"]?.string == given.reason)
            #expect(answer.message.contains(given.says), "\(answer.message)")
            #expect(answer.headers[.contentType] == "application/json")
        }
    }

    @Test(
        "what nobody serves is a plain 404",
        arguments: [
            "/nothing", "/apis/nothing.example", "/apis/test.scs.community/v9/widgets",
            "/apis/test.scs.community/v1/namespaces/prod/nothings", "/openapi/v3/apis/nothing.example/v1",
        ])
    func unknown(_ path: String) async throws {
        try await TestServer.run { server in
            let answer = try await server.send(.get, path)
            #expect(answer.code == 404)
            #expect(answer.text == (path.hasPrefix("/openapi/") ? "" : "404 page not found\n"))
        }
    }

    @Test("every issue of an object is a cause with its field")
    func causes() async throws {
        try await TestServer.run { server in
            let body = TestServer.widget("bad", #"{"size":"huge","replicas":11,"code":"NOPE"}"#)
            let answer = try await server.send(.post, TestServer.widgets("acme"), body)
            let fields = answer.json["details"]?["causes"]?.array?.compactMap { $0["field"]?.string }
            #expect(fields == ["spec.size", "spec.replicas", "spec.code"])
            #expect(answer.json["details"]?["kind"] == "Widget")
            #expect(answer.message.hasPrefix(#"Widget.test.scs.community "bad" is invalid: ["#))
        }
    }

    @Test("a body above 3 MiB is refused with 413")
    func tooLarge() async throws {
        try await TestServer.run { server in
            let body = TestServer.widget("one", "{\"note\":\"\(String(repeating: "x", count: 3 << 20))\"}")
            let answer = try await server.send(.post, TestServer.widgets("acme"), body)
            #expect(answer.code == 413)
            #expect(answer.json["reason"] == "RequestEntityTooLarge")
        }
    }

    @Test("unknown and doubled fields are warned of, refused or ignored, as asked")
    func fieldValidation() async throws {
        try await TestServer.run { server in
            let path = TestServer.widgets("acme")
            let spec = #"{"size":"small","size":"large","extra":1}"#
            let warned = try await server.send(.post, path, TestServer.widget("warn", spec))
            #expect(warned.code == 201)
            #expect(
                warned.warnings == [
                    #"299 - "duplicate field \"spec.size\"""#, #"299 - "unknown field \"spec.extra\"""#,
                ])
            #expect(warned.json["spec"] == ["size": "large", "replicas": 1])
            let ignored = try await server.send(
                .post, path + "?fieldValidation=Ignore", TestServer.widget("ignore", spec))
            #expect(ignored.code == 201 && ignored.warnings.isEmpty)
            let strict = try await server.send(
                .post, path + "?fieldValidation=Strict", TestServer.widget("strict", spec))
            #expect(strict.code == 400)
            #expect(
                strict.message
                    == #"Widget in version "v1" cannot be handled as a Widget: strict decoding error: duplicate field "spec.size", unknown field "spec.extra""#
            )
        }
    }

    @Test("a name can be taken once")
    func alreadyExists() async throws {
        try await TestServer.run { server in
            try await server.make("one")
            let again = try await server.send(.post, TestServer.widgets("acme"), TestServer.widget("one"))
            #expect(again.code == 409)
            #expect(again.json["reason"] == "AlreadyExists")
            #expect(again.message == #"widgets.test.scs.community "one" already exists"#)
        }
    }
}
