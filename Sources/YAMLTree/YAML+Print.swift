// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension YAML {
    /// The lines of a tree in block style, members in their order; a text that any reader might take for something else is
    /// quoted.
    package static func lines(_ tree: JSON) -> [String] {
        switch tree {
        case .object(let object) where !object.isEmpty:
            object.members.flatMap { member($0.key, $0.value) }
        case .array(let elements) where !elements.isEmpty: elements.flatMap(element)
        default: [scalar(tree)]
        }
    }

    private static func member(_ key: String, _ value: JSON) -> [String] {
        let key = scalar(.string(key))
        switch value {
        case .object(let object) where !object.isEmpty: return ["\(key):"] + lines(value).map { "  \($0)" }
        case .array(let elements) where !elements.isEmpty: return ["\(key):"] + lines(value)
        case .string(let text) where isBlock(text): return ["\(key): |\(text.hasSuffix("\n") ? "" : "-")"] + block(text)
        default: return ["\(key): \(scalar(value))"]
        }
    }

    private static func element(_ value: JSON) -> [String] {
        let inner = lines(value)
        return inner.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
    }

    private static func block(_ text: String) -> [String] {
        let text = text.hasSuffix("\n") ? String(text.dropLast()) : text
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
    }

    /// Texts of several plain lines are kept readable.
    private static func isBlock(_ text: String) -> Bool {
        guard let first = text.first, text.contains("\n"), !first.isWhitespace, !text.hasSuffix("\n\n") else {
            return false
        }
        return text.unicodeScalars.allSatisfy {
            $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F && $0.value < 0x80)
        }
    }

    private static func scalar(_ tree: JSON) -> String {
        guard case .string(let text) = tree else { return tree.text }
        return isPlain(text) ? text : tree.text
    }

    /// Whether every YAML reader takes the bare text for this very text; in doubt it is quoted as JSON does it.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        if text == "." || isUUID(text) { return true }
        let letters = first.properties.isAlphabetic && first.isASCII || first == "/" || first == "_"
        guard letters, last != ":", last != " ", !reserved.contains(text.lowercased()) else { return false }
        return !text.contains(": ") && !text.contains(" #")
            && text.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F }
    }

    /// A text that no reader takes for a number, though it may begin with a digit.
    private static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
    }

    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
}
