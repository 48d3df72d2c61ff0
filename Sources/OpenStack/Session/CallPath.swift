// SPDX-License-Identifier: Apache-2.0

/// A path below a service's address, written as a literal: `"/servers/\(id)/action"`.
///
/// What is interpolated is one segment, percent-encoded; an empty one makes the path invalid, since it would name a
/// whole collection where one thing was meant.
package struct CallPath: Hashable, Sendable, ExpressibleByStringInterpolation {
    package let text: String
    package let isValid: Bool

    package init(stringLiteral value: String) {
        text = value
        isValid = true
    }

    package init(stringInterpolation parts: Parts) {
        text = parts.text
        isValid = parts.isValid
    }

    package struct Parts: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var isValid = true

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ segment: String) {
            if segment.isEmpty || segment == "." || segment == ".." { isValid = false }
            text += segment.percentEncoded
        }
    }
}
