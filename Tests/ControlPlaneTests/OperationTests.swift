// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import TestTime
import Testing

@Suite("Operating a server", .timeLimit(.minutes(3)))
struct OperationTests {
    private static let secrets = "/api/v1/namespaces/scs-system/secrets"

    @Test("a key is rotated: the old one goes, and every Secret can still be read")
    func rotation() async throws {
        let server = RunningServer()
        try await server.start()
        for number in 0..<100 {
            let made = try await server.admin().send(
                .post, Self.secrets,
                ["metadata": ["name": .string("s\(number)")], "stringData": ["word": .string("word-\(number)")]])
            try #require(made.status == 201, "\(made.text)")
        }
        try await server.terminate()

        let file = server.data.appending(path: "encryption.key")
        let old = try String(contentsOf: file, encoding: .utf8)
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let new = "key-2 \(Data(bytes).base64EncodedString())\n"
        try (new + old).write(to: file, atomically: true, encoding: .utf8)
        try await server.start()
        try await eventually("everything under the new key") { server.log.contains("under the newest key") }
        // The authority, the token keys, and those above.
        #expect(server.log.contains("count=102"))
        #expect(
            server.log.contains("key-1") && !server.log.contains(old.split(separator: " ").last.map(String.init) ?? "?")
        )
        try await server.terminate()

        try new.write(to: file, atomically: true, encoding: .utf8)
        try await server.start()
        let kept = try await server.admin().send(.get, Self.secrets)
        let words = kept.tree["items"]?.array?.compactMap { $0["data"]?["word"]?.string } ?? []
        #expect(Set(words) == Set((0..<100).map { Data("word-\($0)".utf8).base64EncodedString() }))
    }

    @Test("on SIGTERM open watches get a last bookmark and a clean end, writes are kept, and the server ends in time")
    func drain() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        let path = "/api/v1/namespaces/scs-system/configmaps"
        let (status, chunks) = try await admin.stream("\(path)?watch=1&allowWatchBookmarks=true")
        #expect(status == 200)
        let made = try await admin.send(.post, path, ["metadata": ["name": "last"]])
        #expect(made.status == 201)
        async let lines = Self.lines(chunks)

        let start = ContinuousClock.now
        try await server.terminate()
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(server.exitStatus == 0)
        let events = try await lines
        #expect(events.map { $0["type"]?.string }.suffix(2) == ["ADDED", "BOOKMARK"])
        let revision = events.last?["object"]?["metadata"]?["resourceVersion"]?.string ?? ""
        #expect(Int(revision) ?? 0 >= Int(made.resourceVersion) ?? .max)

        try await server.start()
        let names = try await server.admin().send(.get, path).names
        #expect(names.contains("last"))
    }

    /// All events of a watch, to its end; throws when it does not end as an answer should.
    private static func lines(_ chunks: some AsyncSequence<[UInt8], any Error> & Sendable) async throws -> [JSON] {
        var bytes: [UInt8] = []
        for try await chunk in chunks { bytes += chunk }
        return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSON(parsing: Array($0)) }
    }

    @Test("the metrics that operators are told of are those that there are")
    func metrics() async throws {
        let server = RunningServer()
        try await server.start(["--demo"])
        let admin = try server.admin()
        try await admin.waitUntilReady("/apis/management.scs.community/v1alpha1/sites/stuttgart")
        try await eventually("all figures", within: .seconds(20)) {
            let text = try await admin.send(.get, "/metrics").text
            return Set(Self.exported(text)) == Set(try Self.documented())
        }
        let text = try await admin.send(.get, "/metrics").text
        #expect(Self.exported(text).sorted() == (try Self.documented()).sorted())
        #expect(text.contains(#"scs_site_up{site="stuttgart"} 1"#))
    }

    private static func exported(_ text: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map { String($0.split(separator: " ")[2]) }
    }

    /// The names in the first column of the page's table of metrics.
    private static func documented() throws -> [String] {
        let page = try String(
            contentsOf: Project.root.appending(path: "docs/operations.md"), encoding: .utf8
        ).split(separator: "\n")
        let rows = page.drop { !$0.hasPrefix("| metric |") }.dropFirst(2).prefix { $0.hasPrefix("|") }
        return rows.flatMap { row in
            row.split(separator: "|")[0].split(separator: "`").map(String.init).filter {
                $0.hasPrefix("scs_") || $0.hasPrefix("process_")
            }
        }
    }
}
