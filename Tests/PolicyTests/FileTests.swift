// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The size and the head of every source file.
@Suite("Files")
struct FileTests {
    let files: [Project.File]

    init() throws { files = try Project.swiftFiles() }

    @Test("every file starts with its licence")
    func headers() {
        let header = "// SPDX-License-Identifier: Apache-2.0\n"
        #expect(files.filter { !$0.text.hasPrefix(header) }.map(\.path) == [])
    }

    @Test("no file is longer than a reader's patience: 400 lines, tests 600")
    func sizes() {
        let sizes = files.filter { !$0.path.hasSuffix(".generated.swift") }.map {
            (path: $0.path, lines: $0.lines.count)
        }
        for size in sizes.sorted(by: { $0.lines > $1.lines }).prefix(10) { print("\(size.lines)\t\(size.path)") }
        #expect(sizes.filter { $0.lines > ($0.path.contains("Tests/") ? 600 : 400) }.map(\.path) == [])
    }

    @Test(
        "sources keep the house's rules of concurrency and safety",
        arguments: [
            "@unchecked Sendable", "nonisolated(unsafe)", "try!", "as! ", "Task.sleep", "Thread.sleep", " Task {",
            "Task.detached",
        ])
    func rules(_ forbidden: String) {
        let sources = files.filter { !$0.path.contains("Tests/") }
        let offences = sources.flatMap { file in
            file.lines.enumerated().filter {
                $0.element.contains(forbidden) && !$0.element.drop { $0 == " " }.hasPrefix("//")
            }
            .map { "\(file.path):\($0.offset + 1)" }
        }
        #expect(offences == [])
    }

    @Test("nothing is left open in the sources")
    func nothingIsLeftOpen() {
        let words = ["TO" + "DO", "FIX" + "ME", "not " + "implemented"]
        let offences = files.filter { file in words.contains { file.text.contains($0) } }
        #expect(offences.map(\.path) == [])
    }

    @Test("log records use the keys that Observing lists, and metrics its names")
    func observing() {
        let sources = files.filter {
            !$0.path.contains("Tests/") && !$0.path.hasPrefix("Sources/Observing/") && !$0.path.contains("Simulator")
                && !$0.path.hasPrefix("Sources/scs-bench/")
        }
        let forbidden = [#"metadata: [""#, #"metadata[""#, #"(label: "scs_"#]
        let offences = sources.filter { $0.text.contains("import Logging") || $0.text.contains("import Metrics") }
            .flatMap { file in
                file.lines.enumerated().filter { line in forbidden.contains { line.element.contains($0) } }
                    .map { "\(file.path):\($0.offset + 1)" }
            }
        #expect(offences == [])
    }

    @Test("no folder is called Utils")
    func noUtils() {
        #expect(files.filter { $0.path.lowercased().contains("util") }.map(\.path) == [])
    }
}
