// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Observing
import Synchronization
import Testing

@Suite("Log lines")
struct LineLogHandlerTests {
    final class Lines: Sendable {
        private let state = Mutex<[String]>([])
        var all: [String] { state.withLock { $0 } }
        @Sendable func write(_ line: String) { state.withLock { $0.append(line) } }
    }

    private func logger(_ lines: Lines, _ format: LogFormat) -> Logger {
        Logger(label: "test") { LineLogHandler(label: $0, format: format, write: lines.write) }
    }

    @Test("a record is one JSON object on one line")
    func json() throws {
        let lines = Lines()
        var logger = logger(lines, .json)
        logger[metadataKey: LogKey.siteName] = "berlin"
        logger.info(
            "two\nlines \"quoted\"",
            metadata: ["object.name": "a\u{1}b", "list": ["x", ["k": "v"]], "message": "theirs"])
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1 && line.filter(\.isNewline).count == 1 && line.hasSuffix("\n"))
        let record = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(record["message"] as? String == "two\nlines \"quoted\"")
        #expect(record["message_"] as? String == "theirs")
        #expect(record["level"] as? String == "info" && record["label"] as? String == "test")
        #expect(record["site.name"] as? String == "berlin" && record["object.name"] as? String == "a\u{1}b")
        #expect((record["list"] as? [Any])?.count == 2)
        #expect((record["time"] as? String)?.hasSuffix("Z") == true)
    }

    @Test("a record is one line of text")
    func text() throws {
        let lines = Lines()
        logger(lines, .text).warning("it\nbroke", metadata: ["b": "2", "a": "1"])
        let line = try #require(lines.all.first)
        #expect(line.hasSuffix(" warning test: it\\nbroke a=1 b=2\n"))
    }

    @Test(
        "what a key calls secret is not shown",
        arguments: ["user.password", "x-auth-token", "client.secret", "Authorization"])
    func secrets(key: String) throws {
        for format in LogFormat.allCases {
            let lines = Lines()
            logger(lines, format).error("e", metadata: [key: "hunter2"])
            let line = try #require(lines.all.first)
            #expect(!line.contains("hunter2") && line.contains("redacted"))
        }
    }

    @Test("what is below the level costs no line")
    func level() {
        let lines = Lines()
        logger(lines, .text).debug("not seen")
        #expect(lines.all.isEmpty)
    }
}
