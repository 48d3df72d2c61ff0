// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Serving
import Stores
import TestTime
import Testing

@Suite("Watching", .timeLimit(.minutes(1)))
struct WatchTests {
    private static let path = TestServer.widgets("acme")

    /// Runs a watch beside a test; it is cancelled at the test's end.
    private func watching(
        _ server: TestServer, _ query: String, accept: String? = nil, path: String = Self.path,
        _ body: (Collector) async throws -> Void
    ) async throws {
        let response = await server.response(.get, "\(path)?watch=1&\(query)", accept: accept)
        #expect(response.status == .ok)
        guard case .stream(let write) = response.body else { throw Unexpected(answer: "no stream") }
        let collector = Collector()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { do { try await write(collector) } catch is CancellationError {} }
            try await body(collector)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func summary(_ events: [JSON]) -> [String] {
        events.map { "\($0["type"]?.string ?? "?") \($0["object"]?["metadata"]?["name"]?.string ?? "-")" }
    }

    @Test("a watch without a version begins with what is there, then tells what happens")
    func fromNow() async throws {
        try await TestServer.run { server in
            try await server.make("a")
            try await watching(server, "") { collector in
                try await eventually("initial") { collector.events.count == 1 }
                try await server.make("x", in: "globex")
                try await server.make("b")
                _ = try await server.send(.patch, Self.path + "/b", #"{"spec":{"size":"large"}}"#)
                _ = try await server.send(.delete, Self.path + "/a")
                try await eventually("events") { collector.events.count == 4 }
                #expect(summary(collector.events) == ["ADDED a", "ADDED b", "MODIFIED b", "DELETED a"])
                #expect(collector.events[2]["object"]?["apiVersion"] == "test.scs.community/v1")
            }
        }
    }

    private static let streaming = "sendInitialEvents=true&resourceVersionMatch=NotOlderThan"

    @Test("a streaming list tells what is there, says when that is all, and goes on")
    func streamingList() async throws {
        try await TestServer.run { server in
            try await server.make("a")
            let version = try await server.make("b")
            let query = "\(Self.streaming)&allowWatchBookmarks=true&resourceVersion=\(version)"
            try await watching(server, query) { collector in
                try await eventually("initial") { collector.events.count == 3 }
                try await server.make("c")
                try await eventually("events") { collector.events.count == 4 }
                #expect(summary(collector.events) == ["ADDED a", "ADDED b", "BOOKMARK -", "ADDED c"])
                let metadata = collector.events[2]["object"]?["metadata"]
                #expect(metadata?["annotations"] == ["k8s.io/initial-events-end": "true"])
                #expect(metadata?["resourceVersion"]?.string == version)
            }
        }
    }

    @Test("a streaming list of a revision that is not yet is told to come back")
    func streamingFuture() async throws {
        try await TestServer.run { server in
            let answer = try await server.send(.get, "\(Self.path)?watch=1&\(Self.streaming)&resourceVersion=999")
            #expect(answer.code == 504)
            #expect(answer.json["details"]?["causes"]?[0]?["reason"] == "ResourceVersionTooLarge")
        }
    }

    @Test("a watch that wants no initial events begins now")
    func noInitialEvents() async throws {
        try await TestServer.run { server in
            try await server.make("a")
            try await watching(server, "sendInitialEvents=false&resourceVersionMatch=NotOlderThan") { collector in
                try await server.make("b")
                try await eventually("events") { collector.events.count == 1 }
                #expect(summary(collector.events) == ["ADDED b"])
            }
        }
    }

    @Test("a watch from a version sees exactly what came after it")
    func fromVersion() async throws {
        try await TestServer.run { server in
            try await server.make("a")
            let version = try await server.send(.get, Self.path).version
            try await server.make("b")
            _ = try await server.send(.delete, Self.path + "/b")
            try await watching(server, "resourceVersion=\(version)") { collector in
                try await eventually("events") { collector.events.count == 2 }
                #expect(summary(collector.events) == ["ADDED b", "DELETED b"])
                let versions = collector.events.compactMap { $0["object"]?["metadata"]?["resourceVersion"]?.string }
                #expect(versions == ["2", "3"])
            }
        }
    }

    @Test("an object that stops matching is deleted for the watcher, one that starts is added")
    func selection() async throws {
        try await TestServer.run { server in
            let version = try await server.make("a", metadata: #","labels":{"app":"x"}"#)
            try await watching(server, "resourceVersion=\(version)&labelSelector=app%3Dx") { collector in
                _ = try await server.send(.patch, Self.path + "/a", #"{"metadata":{"labels":{"app":"y"}}}"#)
                _ = try await server.send(.patch, Self.path + "/a", #"{"spec":{"size":"large"}}"#)
                _ = try await server.send(.patch, Self.path + "/a", #"{"metadata":{"labels":{"app":"x"}}}"#)
                _ = try await server.send(.patch, Self.path + "/a", #"{"spec":{"size":"small"}}"#)
                try await eventually("events") { collector.events.count == 3 }
                #expect(summary(collector.events) == ["DELETED a", "ADDED a", "MODIFIED a"])
                #expect(collector.events[0]["object"]?["metadata"]?["labels"] == ["app": "x"])
            }
        }
    }

    @Test("fields select in a watch as they do in a list")
    func fields() async throws {
        try await TestServer.run { server in
            try await watching(server, "fieldSelector=metadata.name%3Db") { collector in
                try await server.make("a")
                try await server.make("b")
                try await eventually("events") { collector.events.count == 1 }
                #expect(summary(collector.events) == ["ADDED b"])
            }
        }
    }

    @Test("a watch ends at its timeout with a bookmark of where it stood")
    func timeout() async throws {
        try await TestServer.run { server in
            try await server.make("a")
            let response = await server.response(
                .get, Self.path + "?watch=1&resourceVersion=1&timeoutSeconds=5&allowWatchBookmarks=true")
            guard case .stream(let write) = response.body else { throw Unexpected(answer: "no stream") }
            let collector = Collector()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await write(collector) }
                try await eventually("the timer") { server.clock.sleeperCount == 1 }
                try await server.make("b")
                try await eventually("the event") { collector.events.count == 1 }
                server.clock.advance(by: .seconds(5))
                try await group.waitForAll()
            }
            #expect(summary(collector.events) == ["ADDED b", "BOOKMARK -"])
            #expect(collector.events[1]["object"]?["metadata"]?["resourceVersion"] == "2")
            #expect(collector.events[1]["object"]?["kind"] == "Widget")
        }
    }

    @Test("a quiet watch sends a bookmark when it is asked to")
    func bookmarks() async throws {
        try await TestServer.run { server in
            try await server.make("x", in: "globex")
            try await watching(server, "resourceVersion=1&allowWatchBookmarks=true") { collector in
                try await eventually("the bookmark") {
                    server.cache.requestBookmarks()
                    return !collector.events.isEmpty
                }
                #expect(summary(collector.events).first == "BOOKMARK -")
            }
        }
    }

    @Test("a watch from a forgotten version answers one ERROR event of 410")
    func expired() async throws {
        try await TestServer.run(eventCapacity: 2) { server in
            for number in 0..<6 { try await server.make("w\(number)") }
            try await server.compact(5)
            let answer = try await server.send(.get, Self.path + "?watch=1&resourceVersion=1")
            #expect(answer.code == 200)
            #expect(answer.events.count == 1)
            #expect(answer.events.first?["type"] == "ERROR")
            #expect(answer.events.first?["object"]?["code"] == 410)
            #expect(answer.events.first?["object"]?["reason"] == "Expired")
        }
    }

    @Test("a table watch sends rows, and its columns once")
    func table() async throws {
        try await TestServer.run { server in
            let accept = "application/json;as=Table;v=v1;g=meta.k8s.io"
            try await watching(server, "", accept: accept) { collector in
                try await server.make("a")
                try await server.make("b")
                try await eventually("events") { collector.events.count == 2 }
                let tables = collector.events.compactMap { $0["object"] }
                #expect(tables[0]["columnDefinitions"]?.array?.isEmpty == false)
                #expect(tables[1]["columnDefinitions"] == .null)
                #expect(tables[1]["rows"]?[0]?["cells"]?[0] == "b")
            }
        }
    }

    @Test("many watchers see the same events")
    func manyWatchers() async throws {
        try await TestServer.run { server in
            let collectors = (0..<20).map { _ in Collector() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for collector in collectors {
                    let response = await server.response(.get, Self.path + "?watch=1&resourceVersion=0")
                    guard case .stream(let write) = response.body else { continue }
                    group.addTask { do { try await write(collector) } catch is CancellationError {} }
                }
                for number in 0..<10 { try await server.make("w\(number)") }
                try await eventually("all events") { collectors.allSatisfy { $0.events.count == 10 } }
                group.cancelAll()
            }
            #expect(Set(collectors.map(\.bytes)).count == 1)
        }
    }
}
