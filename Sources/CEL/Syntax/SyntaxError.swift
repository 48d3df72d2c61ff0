// SPDX-License-Identifier: Apache-2.0

/// What is wrong at one place of an expression.
struct SyntaxError: Error, Hashable {
    let message: String
    /// Scalars before the place.
    let position: Int

    init(_ message: String, at position: Int) {
        self.message = message
        self.position = position
    }
}

/// Why a text is no expression, or one that the declared types refuse.
package struct CompileError: Error, Hashable, CustomStringConvertible {
    /// Each problem with its line, its column, and the source line with a mark below the place, as upstream writes it.
    package let description: String

    init(_ problems: [SyntaxError], in source: String) {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        description = problems.map { Self.text(of: $0, lines) }.joined(separator: "\n")
    }

    /// A problem of the whole expression.
    init(_ message: String) { description = message }

    private static func text(of problem: SyntaxError, _ lines: [Substring]) -> String {
        var column = problem.position
        var line = 0
        while line + 1 < lines.count, column > lines[line].unicodeScalars.count {
            column -= lines[line].unicodeScalars.count + 1
            line += 1
        }
        let mark = String(repeating: ".", count: max(0, column)) + "^"
        return "ERROR: <input>:\(line + 1):\(column + 1): \(problem.message)\n | \(lines[line])\n | \(mark)"
    }
}
