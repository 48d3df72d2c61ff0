// SPDX-License-Identifier: Apache-2.0

import Yams

/// Why a text is no YAML that we take: the line, where it is known, and the mistake; never the text, which may hold secrets.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    package let line: Int?
    package let problem: String

    package init(_ problem: String, line: Int? = nil) {
        self.problem = problem
        self.line = line
    }

    package var description: String { line.map { "line \($0): \(problem)" } ?? problem }

    /// The parser's own error in our words; its text quotes the line, ours does not.
    init(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(problem, line: mark.line)
        case .duplicatedKeysInMapping: self.init("a key stands twice in one mapping")
        default: self.init("the text is no YAML document")
        }
    }
}
