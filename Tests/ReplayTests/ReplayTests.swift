// SPDX-License-Identifier: Apache-2.0

import Foundation
import Recordings
import Testing

/// Everything that a real Kubernetes API server was asked is asked of ours; what it answers is compared whole.
@Suite("What a real server answered, we answer", .timeLimit(.minutes(3)))
struct ReplayTests {
    @Test("no unexplained difference, and no explanation without its difference", arguments: Recordings.groups)
    func replay(_ group: String) async throws {
        let explanations = try Explanations()
        let cases = try Recordings.cases(group)
        try #require(!cases.isEmpty)
        try await ReplayServer.run { server in
            var findings: [Replay.Finding] = []
            for recorded in cases { findings += try await Replay.findings(recorded, on: server) }
            try Self.report(findings, group)
            let unexplained = findings.filter { !explanations.explains($0) }
            #expect(unexplained.isEmpty, "\(unexplained.prefix(20).map(\.description).joined(separator: "\n"))")
            let unused = explanations.lines.filter { line in
                line.step.hasPrefix("\(group)/") && !findings.contains { line.explains($0) }
            }
            #expect(unused.isEmpty, "\(unused.map { "\($0.step) \($0.pointer)" }.joined(separator: "\n"))")
        }
    }

    @Test("the guide for users lists the explained differences")
    func guide() throws {
        let table = try Explanations().table
        let text = try String(contentsOf: Explanations.guide, encoding: .utf8)
        #expect(text.contains(table), "docs/kubernetes-compatibility.md should hold:\n\(table)")
    }

    /// All differences, explained or not, in a file, for who mends them.
    private static func report(_ findings: [Replay.Finding], _ group: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["SCS_REPLAY_REPORT"] else { return }
        let text = findings.map(\.description).joined(separator: "\n") + "\n"
        try text.write(toFile: "\(folder)/\(group).txt", atomically: true, encoding: .utf8)
    }
}
