// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Types that other targets see say what they are for.
@Suite("Documentation")
struct DocumentationTests {
    @Test("every package type has a doc comment, or is nested in one that has")
    func packageTypesAreDocumented() throws {
        let files = try Project.swiftFiles(in: ["Sources", "Kinds"])
        #expect(files.filter { !$0.path.hasSuffix(".generated.swift") }.flatMap(Self.undocumentedTypes) == [])
    }

    /// Types at the file's own level; a nested one is read in the light of its parent.
    private static func undocumentedTypes(in file: Project.File) -> [String] {
        let lines = file.lines
        let kinds = ["struct ", "enum ", "protocol ", "class ", "actor "]
        return lines.indices.compactMap { index in
            let line = lines[index]
            guard line.hasPrefix("package "), kinds.contains(where: { line.contains($0) }), !line.contains(" func "),
                !line.contains(" let "), !line.contains(" var "), !isDocumented(lines, above: index)
            else { return nil }
            return "\(file.path):\(index + 1) \(line.prefix(70))"
        }
    }

    private static func isDocumented(_ lines: [Substring], above index: Int) -> Bool {
        var above = index - 1
        while above >= 0, lines[above].hasPrefix("@") { above -= 1 }
        return above >= 0 && lines[above].hasPrefix("///")
    }
}
