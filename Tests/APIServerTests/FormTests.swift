// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

@Suite("Tables and metadata", .timeLimit(.minutes(1)))
struct FormTests {
    private static let path = TestServer.widgets("acme")
    private static let table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"

    @Test("a table has the kind's columns and a row an object")
    func table() async throws {
        try await TestServer.run { server in
            try await server.make("a", #"{"size":"large"}"#)
            try await server.make("b")
            _ = try await server.send(.patch, Self.path + "/a/status", #"{"status":{"phase":"Ready"}}"#)
            let answer = try await server.send(.get, Self.path + "?limit=1", accept: Self.table).json
            #expect(answer["kind"] == "Table")
            #expect(answer["apiVersion"] == "meta.k8s.io/v1")
            #expect(answer["metadata"]?["remainingItemCount"] == 1)
            let names = answer["columnDefinitions"]?.array?.compactMap { $0["name"]?.string }
            #expect(names == ["Name", "Size", "Phase", "Age"])
            let row = try #require(answer["rows"]?[0])
            #expect(row["cells"]?.array?.prefix(3) == ["a", "large", "Ready"])
            #expect(row["object"]?["kind"] == "PartialObjectMetadata")
            #expect(row["object"]?["metadata"]?["name"] == "a")
            #expect(row["object"]?["spec"] == nil)
        }
    }

    @Test("a row holds as much of its object as is asked for")
    func includeObject() async throws {
        try await TestServer.run { server in
            try await server.make("a")
            let none = try await server.send(.get, Self.path + "?includeObject=None", accept: Self.table)
            #expect(none.json["rows"]?[0]?["object"] == .null)
            let whole = try await server.send(.get, Self.path + "/a?includeObject=Object", accept: Self.table)
            #expect(whole.json["rows"]?[0]?["object"]?["spec"] != nil)
            let odd = try await server.send(.get, Self.path + "?includeObject=All", accept: Self.table)
            #expect(odd.code == 400)
        }
    }

    @Test("an older table is the same under another version")
    func oldTable() async throws {
        try await TestServer.run { server in
            try await server.make("a")
            let accept = "application/json;as=Table;v=v1beta1;g=meta.k8s.io"
            let answer = try await server.send(.get, Self.path, accept: accept)
            #expect(answer.json["apiVersion"] == "meta.k8s.io/v1beta1")
            let missing = try await server.send(.get, Self.path + "/none", accept: accept)
            #expect(missing.code == 404 && missing.json["kind"] == "Status")
        }
    }

    @Test("metadata alone comes for an object and for a list")
    func metadata() async throws {
        try await TestServer.run { server in
            try await server.make("a")
            let one = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"
            let list = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"
            let object = try await server.send(.get, Self.path + "/a", accept: one).json
            #expect(object["kind"] == "PartialObjectMetadata")
            #expect(object["spec"] == nil)
            let all = try await server.send(.get, Self.path, accept: list)
            #expect(all.json["kind"] == "PartialObjectMetadataList")
            #expect(all.names == ["a"])
            #expect(try await server.send(.get, Self.path, accept: one).code == 406)
            #expect(try await server.send(.get, Self.path + "/a", accept: list).code == 406)
        }
    }
}
