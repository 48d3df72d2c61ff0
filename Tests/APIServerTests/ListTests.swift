// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Serving
import Testing

@Suite("Listing", .timeLimit(.minutes(1)))
struct ListTests {
    private static let path = TestServer.widgets("acme")

    private func fill(_ server: TestServer) async throws {
        try await server.make("a", #"{"size":"small"}"#, metadata: #","labels":{"app":"x","tier":"1"}"#)
        try await server.make("b", #"{"size":"small"}"#, metadata: #","labels":{"app":"y"}"#)
        try await server.make("c", #"{"size":"large"}"#, metadata: #","labels":{"app":"x"}"#)
        try await server.make("d", #"{"size":"large"}"#)
        try await server.make("e", metadata: #","labels":{"app":"z","tier":"2"}"#)
        try await server.make("z", metadata: #","labels":{"app":"x"}"#, in: "globex")
    }

    static let selections: [(String, [String])] = [
        ("", ["a", "b", "c", "d", "e"]),
        ("labelSelector=app%3Dx", ["a", "c"]),
        ("labelSelector=app%3D%3Dx,tier%3D1", ["a"]),
        ("labelSelector=app!%3Dx", ["b", "d", "e"]),
        ("labelSelector=app+in+(x,z)", ["a", "c", "e"]),
        ("labelSelector=app+notin+(x)", ["b", "d", "e"]),
        ("labelSelector=tier", ["a", "e"]),
        ("labelSelector=!tier", ["b", "c", "d"]),
        ("fieldSelector=metadata.name%3Da", ["a"]),
        ("fieldSelector=metadata.name!%3Da", ["b", "c", "d", "e"]),
        ("fieldSelector=metadata.namespace%3Dprod,spec.size%3Dlarge", ["c", "d"]),
        ("resourceVersion=0", ["a", "b", "c", "d", "e"]),
        ("resourceVersion=2", ["a", "b", "c", "d", "e"]),
        ("resourceVersion=2&resourceVersionMatch=NotOlderThan", ["a", "b", "c", "d", "e"]),
        ("resourceVersion=2&resourceVersionMatch=Exact", ["a", "b"]),
        ("limit=-1", ["a", "b", "c", "d", "e"]),
    ]

    @Test("what is selected is listed, in the order of names", arguments: selections)
    func selects(_ query: String, _ names: [String]) async throws {
        try await TestServer.run { server in
            try await fill(server)
            let answer = try await server.send(.get, query.isEmpty ? Self.path : "\(Self.path)?\(query)")
            #expect(answer.code == 200, "\(answer.text)")
            #expect(answer.names == names)
            #expect(answer.json["kind"] == "WidgetList")
            #expect(!["", "0"].contains(answer.version))
        }
    }

    @Test("an empty list has a version, too")
    func empty() async throws {
        try await TestServer.run { server in
            try await server.make("a", in: "globex")
            let answer = try await server.send(.get, Self.path)
            #expect(answer.json["items"] == [])
            #expect(answer.version == "1")
        }
    }

    @Test("pages show one moment, whatever is written between them")
    func pages() async throws {
        try await TestServer.run { server in
            try await fill(server)
            let first = try await server.send(.get, Self.path + "?limit=2")
            #expect(first.names == ["a", "b"])
            #expect(first.json["metadata"]?["remainingItemCount"] == 3)
            try await server.make("bb")
            _ = try await server.send(.delete, Self.path + "/c")
            let token = try #require(first.json["metadata"]?["continue"]?.string)
            let second = try await server.send(.get, Self.path + "?limit=2&continue=\(token)")
            #expect(second.names == ["c", "d"])
            #expect(second.version == first.version)
            let next = try #require(second.json["metadata"]?["continue"]?.string)
            let third = try await server.send(.get, Self.path + "?limit=2&continue=\(next)")
            #expect(third.names == ["e"])
            #expect(third.json["metadata"]?["continue"] == nil)
            let foreign = try await server.send(.get, TestServer.widgets("globex") + "?limit=2&continue=\(token)")
            #expect(foreign.code == 400)
            let both = try await server.send(.get, Self.path + "?continue=\(token)&resourceVersion=2")
            #expect(both.message == "specifying resource version is not allowed when using continue")
        }
    }

    @Test("a page of a forgotten moment is expired")
    func expired() async throws {
        try await TestServer.run(eventCapacity: 2) { server in
            try await fill(server)
            let first = try await server.send(.get, Self.path + "?limit=1")
            let token = try #require(first.json["metadata"]?["continue"]?.string)
            for number in 0..<5 { try await server.make("n\(number)") }
            let second = try await server.send(.get, Self.path + "?limit=1&continue=\(token)")
            #expect(second.code == 410)
            #expect(second.json["reason"] == "Expired")
        }
    }

    @Test("a list whose moment is forgotten may go on at the newest one")
    func inconsistent() async throws {
        try await TestServer.run(eventCapacity: 2) { server in
            try await fill(server)
            let first = try await server.send(.get, Self.path + "?limit=2")
            let token = try #require(first.json["metadata"]?["continue"]?.string)
            for number in 0..<5 { try await server.make("n\(number)") }
            let refused = try await server.send(.get, Self.path + "?limit=3&continue=\(token)")
            let successor = try #require(refused.json["metadata"]?["continue"]?.string)
            let second = try await server.send(.get, Self.path + "?limit=3&continue=\(successor)")
            #expect(second.names == ["c", "d", "e"])
            let next = try #require(second.json["metadata"]?["continue"]?.string)
            let third = try await server.send(.get, Self.path + "?continue=\(next)")
            #expect(third.names == ["n0", "n1", "n2", "n3", "n4"])
            #expect(third.version == second.version)
        }
    }

    @Test("a selective list pages, too")
    func selectivePages() async throws {
        try await TestServer.run { server in
            try await fill(server)
            var names: [String] = []
            var query = "?limit=1&labelSelector=app%3Dx"
            while true {
                let page = try await server.send(.get, Self.path + query)
                names += page.names
                #expect(page.json["metadata"]?["remainingItemCount"] == nil)
                guard let token = page.json["metadata"]?["continue"]?.string else { break }
                query = "?limit=1&labelSelector=app%3Dx&continue=\(token)"
            }
            #expect(names == ["a", "c"])
        }
    }

    @Test("a large list comes in pieces and is whole")
    func pieces() async throws {
        try await TestServer.run { server in
            let note = String(repeating: "n", count: 100)
            for number in 0..<1200 { try await server.make("w\(number)", #"{"note":"\#(note)"}"#) }
            let response = await server.response(.get, Self.path)
            guard case .stream(let write) = response.body else {
                Issue.record("the list should be streamed")
                return
            }
            let collector = PieceCollector()
            try await write(collector)
            let pieces = await collector.pieces
            #expect(pieces.count > 1)
            #expect(pieces.allSatisfy { $0.count < 300_000 })
            let tree = try JSON(parsing: Array(pieces.joined()))
            #expect(tree["items"]?.array?.count == 1200)
        }
    }
}

private actor PieceCollector: ResponseWriter {
    var pieces: [[UInt8]] = []
    func write(_ bytes: [UInt8]) async throws { pieces.append(bytes) }
}
