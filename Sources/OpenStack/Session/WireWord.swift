// SPDX-License-Identifier: Apache-2.0

/// A word of a foreign API that may grow: the known ones are constants, unknown ones are kept as they came.
package protocol WireWord: RawRepresentable<String>, Codable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    init(rawValue: String)
}

extension WireWord {
    package init(stringLiteral value: String) { self.init(rawValue: value) }
    package var description: String { rawValue }
}
