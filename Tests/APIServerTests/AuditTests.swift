// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

@Suite("Audit", .timeLimit(.minutes(1)))
struct AuditTests {
    private static let vaults = "/organizations/acme/apis/test.scs.community/v1/namespaces/prod/vaults"

    @Test("a write is recorded before it is tried and before it is answered")
    func writes() async throws {
        try await TestServer.run { server in
            try await server.make("one", #"{"size":"large"}"#)
            let lines = server.audit.lines
            #expect(lines.compactMap { $0["stage"]?.string } == ["RequestReceived", "ResponseComplete"])
            let last = try #require(lines.last)
            #expect(last["apiVersion"] == "audit.k8s.io/v1")
            #expect(last["kind"] == "Event")
            #expect(last["level"] == "Request")
            #expect(last["auditID"] == "request-1")
            #expect(last["verb"] == "create")
            #expect(last["user"]?["username"] == "admin")
            #expect(last["sourceIPs"] == ["192.0.2.7"])
            #expect(last["responseStatus"]?["code"] == 201)
            #expect(last["requestObject"]?["spec"]?["size"] == "large")
            #expect(last["objectRef"]?["name"] == "one")
            #expect(last["annotations"]?["scs.community/organization"] == "acme")
            #expect(last["requestReceivedTimestamp"] == "2026-01-01T00:00:00.000000Z")
        }
    }

    @Test("reads and refusals are recorded, too")
    func reads() async throws {
        try await TestServer.run { server in
            _ = try await server.send(.get, TestServer.widgets("acme") + "?limit=1")
            _ = try await server.send(.get, TestServer.widgets("globex"), as: "jane@acme")
            let lines = server.audit.lines
            #expect(lines.compactMap { $0["level"]?.string } == ["Metadata", "Metadata"])
            #expect(lines[0]["requestURI"]?.string == TestServer.widgets("acme") + "?limit=1")
            #expect(lines[1]["responseStatus"]?["code"] == 403)
            #expect(lines[1]["responseStatus"]?["reason"] == "Forbidden")
        }
    }

    @Test("a secret value stands in no record, however it was sent")
    func secrets() async throws {
        try await TestServer.run { server in
            let canary = "canary-7f3a"
            let annotations =
                #""annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"treasure\":\"\#(canary)\"}"}"#
            let spec = #""spec":{"treasure":"\#(canary)","tresure":"\#(canary)","open":"yes"}"#
            func body(_ version: String) -> String {
                #"{"apiVersion":"test.scs.community/v1","kind":"Vault","metadata":{"name":"one",\#(version)\#(annotations)},\#(spec)}"#
            }
            let made = try await server.send(.post, Self.vaults, body(""))
            #expect(made.code == 201)
            let path = Self.vaults + "/one"
            _ = try await server.send(.put, path, body(#""resourceVersion":"\#(made.version)","labels":{"a":"b"},"#))
            _ = try await server.send(.patch, path, #"{"spec":{"treasure":"\#(canary)2"}}"#)
            let operations = #"[{"op":"add","path":"/spec/treasure","value":"\#(canary)3"}]"#
            _ = try await server.send(.patch, path, operations, type: "application/json-patch+json")
            _ = try await server.send(.post, path + "/open", #"{"key":"\#(canary)"}"#)
            let text = server.audit.lines.map(\.text).joined(separator: "\n")
            #expect(server.audit.lines.count == 10)
            #expect(!text.contains(canary))
            #expect(text.contains(#""open":"yes""#))
        }
    }

    @Test("when the audit cannot be written, writes are refused and reads go on")
    func full() async throws {
        try await TestServer.run { server in
            try await server.make("one")
            server.audit.fill()
            let path = TestServer.widgets("acme")
            let write = try await server.send(.post, path, TestServer.widget("two"))
            #expect(write.code == 503)
            #expect(write.headers[.retryAfter] == "5")
            #expect(try await server.send(.delete, path + "/one").code == 503)
            #expect(try await server.send(.get, path).names == ["one"])
        }
    }
}
