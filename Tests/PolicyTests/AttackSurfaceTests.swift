// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("What attackers would look for")
struct AttackSurfaceTests {
    @Test("CVE-2024-22036: the server runs and loads nothing that it was not built with")
    func noPrograms() throws {
        let words = ["Process()", "dlopen(", "posix_spawn", "execv", "Subprocess", "popen("]
        for file in try Project.swiftFiles(in: ["Sources", "Kinds"]) where !file.path.hasPrefix("Sources/scs-bench/") {
            for word in words { #expect(!file.text.contains(word), "\(file): \(word)") }
        }
    }

    @Test("each attack that docs/security.md says is tested has a test that carries its number")
    func table() throws {
        let tests = try Project.swiftFiles(in: ["Tests", "Kinds"]).map(\.text).joined()
        let rows = try Project.text("docs/security.md").split(separator: "\n").filter {
            $0.hasPrefix("| CVE") || $0.hasPrefix("| GHSA")
        }
        #expect(!rows.isEmpty)
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, cells[2] != "no such part yet" else { continue }
            for name in cells[2].split(separator: ";").map({ $0.trimmingCharacters(in: .whitespaces) }) {
                #expect(tests.contains("\"\(name)\""), "no test is called: \(name)")
            }
        }
    }
}
