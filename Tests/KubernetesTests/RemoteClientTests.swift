// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import HTTPTypes
import JSONTree
import RESTClient
import Resources
import Synchronization
import Testing

@testable import Kubernetes

@Suite("Remote client", .timeLimit(.minutes(1)))
struct RemoteClientTests {
    let transport = ScriptedTransport()
    let type = ClientContract.widget
    let key = ObjectKey(organization: "acme", namespace: "prod", name: "a")

    func client(_ paths: RemotePaths = .organizations) -> RemoteClient {
        RemoteClient(transport, server: "https://host:6443/", token: "t0ken", paths: paths)
    }

    var object: Object { Object(type.kind, key: key, spec: ["size": 1]) }
    static let base = "https://host:6443/organizations/acme/apis/example.scs.community/v1alpha1"

    @Test("each function makes its request")
    func requests() async throws {
        transport.answer(object.tree)
        let client = client()
        let widgets = "\(Self.base)/namespaces/prod/widgets"
        _ = try await client.get(type, key)
        _ = try await client.create(type, object, WriteOptions(isDryRun: true, fieldManager: "me & you"))
        _ = try await client.update(type, object, WriteOptions())
        _ = try await client.patch(type, key, .merge(["spec": ["size": 2]]), .status)
        _ = try await client.patch(type, key, .json([]), WriteOptions())
        try await client.delete(type, key, DeleteOptions(uid: "u"))
        let expected = [
            "GET \(widgets)/a", "POST \(widgets)?dryRun=All&fieldManager=me%20%26%20you", "PUT \(widgets)/a",
            "PATCH \(widgets)/a/status application/merge-patch+json",
            "PATCH \(widgets)/a application/json-patch+json", "DELETE \(widgets)/a",
        ]
        #expect(transport.lines == expected)
        #expect(transport.sent.allSatisfy { $0.headers[.authorization] == "Bearer t0ken" })
        let deletion = try JSON(parsing: transport.sent.last?.body ?? [])
        #expect(deletion["preconditions"]?["uid"] == "u" && deletion["propagationPolicy"] == "Background")
    }

    @Test("organizations have their paths, and a plain server has one")
    func paths() async throws {
        transport.answer(["metadata": ["resourceVersion": "5"], "items": []])
        for scope in [Scope(.root), Scope(.everywhere), Scope(.one("a/b"), namespace: "n")] {
            _ = try await client().list(type, ListQuery(scope))
        }
        _ = try await client(.only(organization: "acme")).list(type, ListQuery(.everywhere))
        let tail = "/apis/example.scs.community/v1alpha1"
        #expect(
            transport.lines == [
                "GET https://host:6443\(tail)/widgets", "GET https://host:6443/organizations/*\(tail)/widgets",
                "GET https://host:6443/organizations/a%2Fb\(tail)/namespaces/n/widgets",
                "GET https://host:6443\(tail)/widgets",
            ])
        await #expect(throws: APIError.self) {
            _ = try await client(.only(organization: "acme")).get(
                type, ObjectKey(organization: "umbrella", namespace: "prod", name: "a"))
        }
    }

    @Test("a list tells its page, and below the wildcard whose each object is")
    func list() async throws {
        var first = object.tree
        first["metadata"]?["annotations"] = ["scs.community/organization": "acme"]
        transport.answer([
            "metadata": ["resourceVersion": "7", "continue": "more"],
            "items": [first, ["metadata": ["name": "root", "namespace": "prod"]]],
        ])
        let query = ListQuery(.everywhere, labelSelector: "a=b", limit: 2, continueToken: "t=")
        let list = try await client().list(type, query)
        #expect(transport.lines[0].hasSuffix("/widgets?labelSelector=a%3Db&limit=2&continue=t%3D"))
        #expect(list.resourceVersion == "7" && list.continueToken == "more")
        #expect(list.items.first == object)
        #expect(list.items.last?.organization == "" && list.items.last?.kind == "Widget")
    }

    @Test("a watch gives events however the bytes are cut, and throws what the server tells", arguments: [1, 7, 4096])
    func watch(size: Int) async throws {
        let text = """
            {"type":"ADDED","object":\(object.tree.text)}

            {"type":"MODIFIED","object":\(object.tree.text)}
            {"type":"SOMETHING","object":{}}
            {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9"}}}
            {"type":"DELETED","object":\(object.tree.text)}
            {"type":"ERROR","object":\(APIError.expired("too old").tree.text)}

            """
        transport.stream(Array(text.utf8), by: size)
        var events: [WatchEvent] = []
        let error = await #expect(throws: APIError.self) {
            for try await event in try await client().watch(type, WatchQuery(Scope(.one("acme")), after: "3")) {
                events.append(event)
            }
        }
        #expect(error?.reason == .expired)
        #expect(events == [.added(object), .modified(object), .bookmark(resourceVersion: "9"), .deleted(object)])
        #expect(
            transport.lines == ["GET \(Self.base)/widgets?watch=1&allowWatchBookmarks=true&resourceVersion=3"])
    }

    @Test("a watch that the server ends, ends")
    func watchEnds() async throws {
        transport.stream([], by: 1)
        for try await _ in try await client().watch(type, WatchQuery(.everywhere, after: "3")) {
            Issue.record("there was no event")
        }
    }

    @Test(
        "a no is told as the server told it",
        arguments: [
            (
                404, APIError.notFound(ClientContract.widget.groupResource, name: "a").tree.text,
                APIError.Reason.notFound
            ),
            (410, APIError.expired("too old").tree.text, .expired), (503, "<html>down</html>", .serviceUnavailable),
            (409, "", .conflict), (418, "", APIError.Reason("Unknown", code: 418)),
        ])
    func errors(status: Int, body: String, reason: APIError.Reason) async throws {
        transport.answer(Array(body.utf8), status: status)
        let read = await #expect(throws: APIError.self) { _ = try await client().get(type, key) }
        #expect(read?.reason == reason)
        let watch = await #expect(throws: APIError.self) {
            _ = try await client().watch(type, WatchQuery(.everywhere, after: "1"))
        }
        #expect(watch?.reason == reason)
    }

    @Test("no answer is a timeout when the request may have arrived, and never shows the token")
    func noAnswer() async throws {
        for (code, reason) in [
            (RESTError.Code.lost, APIError.Reason.timeout), (.notSent, .serviceUnavailable),
            (.circuitOpen, .serviceUnavailable),
        ] {
            transport.fail(RESTError(code, "https://host:6443 does not answer"))
            let error = await #expect(throws: APIError.self) { _ = try await client().get(type, key) }
            #expect(error?.reason == reason)
            #expect(error?.message == "https://host:6443 does not answer")
        }
    }
}

/// Gives the same answer to every request, and keeps what was asked.
final class ScriptedTransport: StreamingTransport {
    private struct State {
        var sent: [RESTRequest] = []
        var answer = RESTResponse(status: 200)
        var chunks: [[UInt8]] = []
        var error: RESTError?
    }

    private let state = Mutex(State())

    var sent: [RESTRequest] { state.withLock(\.sent) }

    /// Method, address and, of patches, the content type.
    var lines: [String] {
        sent.map { request in
            let kind = request.method == .patch ? " \(request.headers[.contentType] ?? "")" : ""
            return "\(request.method) \(request.url)\(kind)"
        }
    }

    func answer(_ tree: JSON) { answer(tree.bytes, status: 200) }

    func answer(_ body: [UInt8], status: Int) {
        state.withLock {
            $0.answer = RESTResponse(status: status, body: body)
            $0.chunks = [body]
        }
    }

    func stream(_ bytes: [UInt8], by size: Int) {
        let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        state.withLock { $0.chunks = chunks }
    }

    func fail(_ error: RESTError) { state.withLock { $0.error = error } }

    func send(_ request: RESTRequest) async throws -> RESTResponse {
        try state.withLock { state in
            state.sent.append(request)
            if let error = state.error { throw error }
            return state.answer
        }
    }

    func stream(_ request: RESTRequest) async throws -> (head: RESTResponse, chunks: RESTChunks) {
        var head = try await send(request)
        head.body = []
        let chunks = state.withLock(\.chunks)
        let stream = AsyncThrowingStream<[UInt8], any Error> { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
        }
        return (head, stream)
    }
}
