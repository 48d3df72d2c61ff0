// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

@Suite("Deleting", .timeLimit(.minutes(1)))
struct DeleteTests {
    private static let path = TestServer.widgets("acme")
    private static let one = path + "/one"

    @Test("an object without finalizers is gone at once, and the answer names it")
    func deletes() async throws {
        try await TestServer.run { server in
            try await server.make("one")
            try await server.make("one", in: "globex")
            let answer = try await server.send(.delete, Self.one)
            #expect(answer.code == 200)
            #expect(answer.json["status"] == "Success")
            #expect(answer.json["details"]?["kind"] == "widgets")
            #expect(answer.json["details"]?["uid"]?.string?.hasPrefix("uid-") == true)
            #expect(try await server.send(.delete, Self.one).code == 404)
            #expect(try await server.send(.get, TestServer.widgets("globex") + "/one").code == 200)
        }
    }

    @Test("finalizers hold an object until the last one goes")
    func finalizers() async throws {
        try await TestServer.run { server in
            try await server.make("one", metadata: #","finalizers":["a.example/x","a.example/y"]"#)
            let held = try await server.send(.delete, Self.one)
            #expect(held.code == 200)
            #expect(held.json["metadata"]?["deletionTimestamp"] == "2026-01-01T00:00:00Z")
            #expect(held.json["metadata"]?["generation"] == 2)
            #expect(try await server.send(.delete, Self.one).version == held.version)
            let again = try await server.send(.post, Self.path, TestServer.widget("one"))
            #expect(again.message.hasPrefix("object is being deleted: "))
            let added = try await server.send(
                .patch, Self.one, #"{"metadata":{"finalizers":["a.example/x","a.example/z"]}}"#)
            #expect(added.code == 422)
            let undeleted = try await server.send(.patch, Self.one, #"{"metadata":{"deletionTimestamp":null}}"#)
            #expect(undeleted.json["metadata"]?["deletionTimestamp"] != nil)
            #expect(
                try await server.send(.patch, Self.one, #"{"metadata":{"finalizers":["a.example/x"]}}"#).code == 200)
            let last = try await server.send(.patch, Self.one, #"{"metadata":{"finalizers":null}}"#)
            #expect(last.code == 200)
            #expect(last.json["metadata"]?["finalizers"] == nil)
            #expect(try await server.send(.get, Self.one).code == 404)
        }
    }

    @Test("preconditions must hold")
    func preconditions() async throws {
        try await TestServer.run { server in
            let version = try await server.make("one")
            for condition in [#""uid":"other""#, #""resourceVersion":"1000""#] {
                let answer = try await server.send(
                    .delete, Self.one, #"{"kind":"DeleteOptions","preconditions":{\#(condition)}}"#)
                #expect(answer.code == 409)
                #expect(answer.message.contains("in the precondition"))
            }
            let right = #"{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"resourceVersion":"\#(version)"}}"#
            #expect(try await server.send(.delete, Self.one, right).code == 200)
        }
    }

    @Test(
        "the propagation stands in the finalizers",
        arguments: [("Foreground", "foregroundDeletion"), ("Orphan", "orphan")])
    func propagation(_ policy: String, _ finalizer: String) async throws {
        try await TestServer.run { server in
            try await server.make("one")
            let held = try await server.send(.delete, Self.one + "?propagationPolicy=\(policy)")
            #expect(held.json["metadata"]?["finalizers"] == [.string(finalizer)])
            #expect(try await server.send(.delete, Self.one).code == 200)
            #expect(try await server.send(.get, Self.one).code == 200)
            let background = try await server.send(.delete, Self.one, #"{"propagationPolicy":"Background"}"#)
            #expect(background.json["status"] == "Success")
            #expect(try await server.send(.get, Self.one).code == 404)
        }
    }

    @Test("a dry run deletes nothing")
    func dryRun() async throws {
        try await TestServer.run { server in
            try await server.make("one")
            #expect(try await server.send(.delete, Self.one + "?dryRun=All").code == 200)
            #expect(try await server.send(.delete, Self.one, #"{"dryRun":["All"]}"#).code == 200)
            #expect(try await server.send(.get, Self.one).code == 200)
        }
    }

    @Test("a collection is deleted as far as it is selected, in one organization")
    func collection() async throws {
        try await TestServer.run { server in
            for organization in ["acme", "globex"] {
                for name in ["a", "b", "c"] {
                    try await server.make(
                        name, metadata: #","labels":{"k":"\#(name == "a" ? 1 : 2)"}"#, in: organization)
                }
            }
            let answer = try await server.send(.delete, Self.path + "?labelSelector=k%3D2")
            #expect(answer.code == 200)
            #expect(answer.names == ["b", "c"])
            #expect(try await server.send(.get, Self.path).names == ["a"])
            #expect(try await server.send(.get, TestServer.widgets("globex")).names == ["a", "b", "c"])
        }
    }
}
