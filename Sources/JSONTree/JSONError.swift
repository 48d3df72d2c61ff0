// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not an acceptable JSON text, and where.
package struct JSONError: Error, Hashable, Sendable {
    /// What is wrong: with the text itself (`expected`), or with its size.
    package enum Problem: Hashable, Sendable {
        /// Something else should have stood there: `a value`, `"," or "}"`.
        case expected(String)
        /// More bytes than the limit.
        case tooLarge(limit: Int)
        /// More levels of objects and arrays than the limit.
        case tooDeep(limit: Int)
        /// More elements and members in all than the limit.
        case tooMany(limit: Int)
    }

    /// Bytes from the start of the text.
    package let offset: Int
    package let problem: Problem

    package init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    /// Names the place and the rule, never the text itself, which may be secret.
    package var description: String {
        switch problem {
        case .expected(let what): "invalid JSON at byte \(offset): expected \(what)"
        case .tooLarge(let limit): "JSON is longer than \(limit) bytes"
        case .tooDeep(let limit): "JSON is nested deeper than \(limit) levels, at byte \(offset)"
        case .tooMany(let limit): "JSON has more than \(limit) elements, at byte \(offset)"
        }
    }
}

/// How much a parser takes before it refuses; the defaults are those of a request body.
package struct ParseLimits: Hashable, Sendable {
    package var bytes: Int
    /// Levels of objects and arrays inside each other.
    package var depth: Int
    /// Elements of arrays and members of objects, in the whole text.
    package var elements: Int

    package init(bytes: Int = 3 << 20, depth: Int = 128, elements: Int = 500_000) {
        self.bytes = bytes
        self.depth = depth
        self.elements = elements
    }

    /// A request body: 3 MiB, as upstream has it.
    package static let standard = ParseLimits()
    /// Bytes that this program printed itself: only the depth is held, against exhausting the stack.
    package static let stored = ParseLimits(bytes: .max, depth: 256, elements: .max)
}
