// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The differences that have a reason, as `differences.txt` lists them.
///
/// A line `# REASON` heads lines `GROUP/CASE/STEP POINTER`. In both, `*` stands for one word; a pointer covers what is below it.
struct Explanations {
    struct Line: Hashable {
        let reason: String
        let step: String
        let pointer: String

        func explains(_ finding: Replay.Finding) -> Bool {
            Self.covers(step, finding.step, isWhole: true)
                && Self.covers(pointer, finding.difference.pointer, isWhole: false)
        }

        private static func covers(_ pattern: String, _ text: String, isWhole: Bool) -> Bool {
            let words = pattern.split(separator: "/")
            let actual = text.split(separator: "/")
            guard isWhole ? words.count == actual.count : words.count <= actual.count else { return false }
            return zip(words, actual).allSatisfy { $0 == "*" || $0 == $1 }
        }
    }

    let lines: [Line]

    init() throws {
        var lines: [Line] = []
        var reason = ""
        for text in try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n") {
            if text.hasPrefix("# ") {
                reason = String(text.dropFirst(2))
            } else {
                let words = text.split(separator: " ").map(String.init)
                for pointer in words.dropFirst() {
                    lines.append(Line(reason: reason, step: words[0], pointer: pointer))
                }
            }
        }
        self.lines = lines
    }

    private static let folder = URL(filePath: #filePath).appending(path: "../..").standardizedFileURL
    private static var file: URL { folder.appending(path: "differences.txt") }
    static var guide: URL { folder.appending(path: "../../docs/kubernetes-compatibility.md").standardizedFileURL }

    func explains(_ finding: Replay.Finding) -> Bool { lines.contains { $0.explains(finding) } }

    /// As the guide for users prints them: a row a reason.
    var table: String {
        var reasons: [String] = []
        var steps: [String: [String]] = [:]
        for line in lines {
            if steps[line.reason] == nil { reasons.append(line.reason) }
            let place = "`\(line.step)`"
            if steps[line.reason]?.contains(place) != true { steps[line.reason, default: []].append(place) }
        }
        let rows = reasons.map { "| \($0) | \(steps[$0, default: []].joined(separator: ", ")) |" }
        return (["| difference | recorded steps |", "|---|---|"] + rows).joined(separator: "\n")
    }
}
