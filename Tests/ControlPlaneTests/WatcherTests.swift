// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import RESTClient
import TestTime
import Testing

@Suite("Slow and short watchers", .timeLimit(.minutes(5)))
struct WatcherTests {
    private static let path = "/api/v1/namespaces/scs-system/configmaps"

    @Test("a watcher that reads nothing is cut off, the server keeps nothing for it, and its next watch loses nothing")
    func cutOff() async throws {
        let server = RunningServer()
        try await server.start(["--stall-seconds", "1"])
        let admin = try server.admin()
        let first = try await admin.send(.post, Self.path, ["metadata": ["name": "big"]])
        let begin = first.resourceVersion
        let before = try await Self.figure("scs_watchers", admin)
        let (status, chunks) = try await admin.stream("\(Self.path)?watch=1&resourceVersion=\(begin)")
        #expect(status == 200)
        #expect(try await Self.figure("scs_watchers", admin) == before + 1)

        let writes = 120
        for number in 1...writes {
            let word = String(repeating: "x", count: 200_000) + "\(number)"
            let answer = try await admin.patch("\(Self.path)/big", ["data": ["word": .string(word)]])
            try #require(answer.status == 200, "\(answer.text.prefix(300))")
        }
        try await eventually("the end of the watch") { try await Self.figure("scs_watchers", admin) == before }

        let missed = try await admin.stream("\(Self.path)?watch=1&timeoutSeconds=5&resourceVersion=\(begin)")
        let ends = try await Self.words(missed.chunks)
        #expect(ends == (1...writes).map(String.init), "each change once, in order")
        withExtendedLifetime(chunks) {}
    }

    @Test("ten thousand cancelled watches leave their HTTP/2 connection alone, and nothing of them stays")
    func cancelled() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        let version = try await admin.send(.get, Self.path).resourceVersion
        let watch = "\(Self.path)?watch=1&resourceVersion=\(version)"
        let long = try await admin.stream(watch)
        #expect(long.status == 200)
        var memory = 0
        for round in 1...10 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        // Dropping the answer unread resets its stream.
                        for _ in 0..<50 { _ = try await admin.stream(watch) }
                    }
                }
                try await group.waitForAll()
            }
            if round == 2 { memory = try server.memory() }
        }
        let share = #"scs_working_requests{share="watches"}"#
        try await eventually("the end of all but one") { try await Self.figure(share, admin) == 1 }
        let growth = try server.memory() - memory
        #expect(growth < 32 << 10, "kilobytes in the last eight thousand")
        let made = try await admin.send(.post, Self.path, ["metadata": ["name": "seen"]])
        #expect(made.status == 201)
        var heard = ""
        for try await chunk in long.chunks {
            heard += String(decoding: chunk, as: UTF8.self)
            if heard.contains("seen") { break }
        }
        #expect(heard.contains("seen"), "the long watch still runs")
    }

    /// What each event's long word ends in.
    private static func words(_ chunks: RESTChunks) async throws -> [String] {
        var bytes: [UInt8] = []
        for try await chunk in chunks { bytes += chunk }
        return bytes.split(separator: 10).compactMap { line in
            (try? JSON(parsing: Array(line)))?["object"]?["data"]?["word"]?.string.map {
                String($0.drop { $0 == "x" })
            }
        }
    }

    private static func figure(_ name: String, _ admin: Caller) async throws -> Int {
        let text = try await admin.send(.get, "/metrics").text
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return try #require(line?.split(separator: " ").last.flatMap { Double($0) }.map(Int.init))
    }
}
