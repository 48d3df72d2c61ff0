// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

@Suite("Updating and patching", .timeLimit(.minutes(1)))
struct ChangeTests {
    private static let one = TestServer.widgets("acme") + "/one"

    private func body(_ version: String, _ spec: String, more: String = "") -> String {
        TestServer.widget("one", spec, metadata: #","resourceVersion":"\#(version)"\#(more)"#)
    }

    @Test("an update with the present version replaces the spec and moves the generation")
    func updates() async throws {
        try await TestServer.run { server in
            let version = try await server.make("one", #"{"replicas":3}"#)
            let answer = try await server.send(.put, Self.one, body(version, #"{"size":"large"}"#))
            #expect(answer.code == 200)
            #expect(answer.json["spec"] == ["size": "large", "replicas": 1])
            #expect(answer.json["metadata"]?["generation"] == 2)
            #expect(answer.version != version)
            #expect(try await server.send(.get, Self.one).bytes == answer.bytes)
        }
    }

    @Test("an update with a stale version conflicts, and one without a version is invalid")
    func conflicts() async throws {
        try await TestServer.run { server in
            let version = try await server.make("one")
            #expect(try await server.send(.put, Self.one, body(version, #"{"size":"large"}"#)).code == 200)
            let stale = try await server.send(.put, Self.one, body(version, #"{"size":"small"}"#))
            #expect(stale.code == 409)
            #expect(
                stale.message
                    == #"Operation cannot be fulfilled on widgets.test.scs.community "one": the object has been modified; please apply your changes to the latest version and try again"#
            )
            let without = try await server.send(.put, Self.one, TestServer.widget("one"))
            #expect(without.code == 422)
            #expect(
                without.message.contains("metadata.resourceVersion: Invalid value: 0: must be specified for an update"))
            let other = try await server.send(
                .put, Self.one, TestServer.widget("two", metadata: #","resourceVersion":"1""#))
            #expect(other.message == "the name of the object (two) does not match the name on the URL (one)")
        }
    }

    @Test("a write that changes nothing keeps the revision")
    func keepsRevision() async throws {
        try await TestServer.run { server in
            let version = try await server.make("one", #"{"size":"large"}"#)
            let put = try await server.send(.put, Self.one, body(version, #"{"replicas":1,"size":"large"}"#))
            #expect(put.version == version)
            let patch = try await server.send(.patch, Self.one, #"{"spec":{"size":"large"}}"#)
            #expect(patch.version == version)
            #expect(try await server.send(.patch, Self.one, "{}").version == version)
            #expect(try await server.send(.patch, Self.one, #"{"status":{"phase":"Ready"}}"#).version == version)
        }
    }

    @Test("labels change without moving the generation")
    func labels() async throws {
        try await TestServer.run { server in
            try await server.make("one", metadata: #","labels":{"a":"1"}"#)
            let patch = #"{"metadata":{"labels":{"a":null,"b":"2"},"annotations":{"x":"y"}}}"#
            let answer = try await server.send(.patch, Self.one, patch)
            #expect(answer.json["metadata"]?["labels"] == ["b": "2"])
            #expect(answer.json["metadata"]?["generation"] == 1)
        }
    }

    @Test("the status door changes the status only, and the main door everything else")
    func statusDoor() async throws {
        try await TestServer.run { server in
            let version = try await server.make("one", #"{"size":"small"}"#)
            let sent = body(version, #"{"size":"large"}"#, more: #","labels":{"no":"1"}"#)
            let body = sent.dropLast() + #","status":{"phase":"Ready"}}"#
            let put = try await server.send(.put, Self.one + "/status", String(body))
            #expect(put.code == 200)
            #expect(put.json["spec"]?["size"] == "small")
            #expect(put.json["status"]?["phase"] == "Ready")
            #expect(put.json["metadata"]?["labels"] == nil)
            #expect(put.json["metadata"]?["generation"] == 1)
            let patch = try await server.send(
                .patch, Self.one + "/status", #"{"spec":{"size":"large"},"status":{"phase":"Done"}}"#)
            #expect(patch.json["spec"]?["size"] == "small")
            #expect(patch.json["status"]?["phase"] == "Done")
            let main = try await server.send(.patch, Self.one, #"{"spec":{"size":"large"},"status":{"phase":"No"}}"#)
            #expect(main.json["status"]?["phase"] == "Done")
            #expect(try await server.send(.get, Self.one + "/status").bytes == main.bytes)
        }
    }

    struct PatchCase: CustomTestStringConvertible, Sendable {
        let patch: String
        let code: Int
        var spec: JSON = .null
        var says = ""
        var testDescription: String { patch }
    }

    static let merges = [
        PatchCase(
            patch: #"{"spec":{"size":"large","note":"n"}}"#, code: 200,
            spec: ["size": "large", "note": "n", "replicas": 1, "limits": ["cpu": "1"], "order": ["a", "b"]]),
        PatchCase(
            patch: #"{"spec":{"limits":{"cpu":null},"order":[]}}"#, code: 200,
            spec: ["size": "small", "replicas": 1, "limits": [:], "order": []]),
        PatchCase(
            patch: #"{"spec":{"size":null}}"#, code: 200,
            spec: ["size": "medium", "replicas": 1, "limits": ["cpu": "1"], "order": ["a", "b"]]),
        PatchCase(patch: #"{"spec":{"replicas":99}}"#, code: 422, says: "spec.replicas"),
        PatchCase(patch: #"{"metadata":{"resourceVersion":"1000"},"spec":{"note":"w"}}"#, code: 409),
        PatchCase(patch: #"{"metadata":{"resourceVersion":null}}"#, code: 422, says: "must be specified for an update"),
        PatchCase(patch: #"{"metadata":{"name":"two"}}"#, code: 400, says: "does not match the name on the URL"),
        PatchCase(patch: #"{"metadata":{"namespace":"elsewhere"}}"#, code: 400),
        PatchCase(patch: #"{"metadata":{"uid":"other"}}"#, code: 422, says: "metadata.uid"),
        PatchCase(patch: #"{"metadata":null}"#, code: 400, says: "name must be provided"),
        PatchCase(patch: #"{"kind":"Gizmo"}"#, code: 422, says: "must be Widget"),
        PatchCase(patch: #"{"spec":"#, code: 400, says: "error decoding patch"),
        PatchCase(patch: "[]", code: 400, says: "error decoding patch"),
        PatchCase(patch: "null", code: 400),
    ]

    static let operations = [
        PatchCase(
            patch:
                #"[{"op":"add","path":"/spec/order/-","value":"c"},{"op":"add","path":"/spec/order/0","value":"z"}]"#,
            code: 200, spec: ["size": "small", "replicas": 1, "limits": ["cpu": "1"], "order": ["z", "a", "b", "c"]]),
        PatchCase(
            patch:
                #"[{"op":"test","path":"/spec/size","value":"small"},{"op":"replace","path":"/spec/size","value":"large"}]"#,
            code: 200, spec: ["size": "large", "replicas": 1, "limits": ["cpu": "1"], "order": ["a", "b"]]),
        PatchCase(patch: #"[{"op":"test","path":"/spec/size","value":"large"}]"#, code: 422, says: "operation 0"),
        PatchCase(patch: #"[{"op":"remove","path":"/spec/limits/gpu"}]"#, code: 422),
        PatchCase(patch: #"[{"op":"add","path":"/spec/order/9","value":"c"}]"#, code: 422),
        PatchCase(patch: #"[{"op":"fry","path":"/spec/size","value":"x"}]"#, code: 422),
        PatchCase(patch: #"[{"op":"remove","path":"/metadata"}]"#, code: 400, says: "name must be provided"),
        PatchCase(patch: #"{"spec":{}}"#, code: 400, says: "error decoding patch"),
        PatchCase(patch: "[{", code: 400, says: "error decoding patch"),
    ]

    @Test("merge patches", arguments: merges)
    func mergePatches(_ given: PatchCase) async throws { try await check(given, "application/merge-patch+json") }

    @Test("JSON patches", arguments: operations)
    func jsonPatches(_ given: PatchCase) async throws { try await check(given, "application/json-patch+json") }

    private func check(_ given: PatchCase, _ type: String) async throws {
        try await TestServer.run { server in
            try await server.make("one", #"{"size":"small","limits":{"cpu":"1"},"order":["a","b"]}"#)
            let answer = try await server.send(.patch, Self.one, given.patch, type: type)
            #expect(answer.code == given.code, "\(answer.text)")
            if given.code == 200 { #expect(answer.json["spec"] == given.spec) }
            #expect(answer.message.contains(given.says), "\(answer.message)")
        }
    }

    @Test("a field that may not change is refused by the kind's own rule")
    func immutable() async throws {
        try await TestServer.run { server in
            try await server.make("one", #"{"code":"abc-1"}"#)
            let answer = try await server.send(.patch, Self.one, #"{"spec":{"code":"abc-2"}}"#)
            #expect(answer.code == 422)
            #expect(answer.message.contains("spec.code: Invalid value: is immutable"))
        }
    }

    @Test("patches at the same time are all applied")
    func patchesTogether() async throws {
        try await TestServer.run { server in
            try await server.make("one")
            let codes = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await server.send(.patch, Self.one, #"{"metadata":{"labels":{"l\#(number)":"x"}}}"#).code
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.allSatisfy { $0 == 200 })
            let labels = try await server.send(.get, Self.one).json["metadata"]?["labels"]?.object
            #expect(labels?.count == 8)
        }
    }

    @Test("a dry run of an update shows the result and stores nothing")
    func dryRun() async throws {
        try await TestServer.run { server in
            let version = try await server.make("one")
            let answer = try await server.send(.patch, Self.one + "?dryRun=All", #"{"spec":{"size":"large"}}"#)
            #expect(answer.json["spec"]?["size"] == "large")
            #expect(answer.json["metadata"]?["generation"] == 2)
            #expect(answer.version == version)
            #expect(try await server.send(.get, Self.one).json["spec"]?["size"] == "medium")
        }
    }
}
