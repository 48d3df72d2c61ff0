// SPDX-License-Identifier: Apache-2.0

extension JSONPath {
    /// Reads a path like `.spec.a[0]`, `.list[*].name`, `['a.b']`, `.a\.b` or `[?(@.type=="Ready")]`.
    ///
    /// Absent for everything that this subset does not have: slices other than `[-1:]`, `..`, scripts.
    package init?(_ text: String) {
        var scanner = JSONPathScanner(rest: text[...])
        var elements: [Element] = []
        while !scanner.rest.isEmpty {
            guard let element = scanner.element() else { return nil }
            elements.append(element)
        }
        guard !elements.isEmpty else { return nil }
        self.elements = elements
    }
}

/// Reads the text of a path from left to right.
struct JSONPathScanner {
    var rest: Substring

    /// The next step; absent when there is none that this subset knows.
    mutating func element() -> JSONPath.Element? {
        if take(".") {
            if take("*") { return .every }
            return plainKey().map(JSONPath.Element.member)
        }
        guard take("[") else { return nil }
        let element = bracketed()
        return take("]") ? element : nil
    }

    private mutating func bracketed() -> JSONPath.Element? {
        switch rest.first {
        case "*":
            rest.removeFirst()
            return .every
        case "'", "\"": return quoted().map(JSONPath.Element.member)
        case "?": return filter()
        default: return index()
        }
    }

    private mutating func index() -> JSONPath.Element? {
        let digits = rest.prefix { $0 == "-" || $0.isASCII && $0.isNumber }
        rest.removeFirst(digits.count)
        guard let index = Int(digits) else { return nil }
        // The last element is asked for as a slice: [-1:].
        return index == -1 && take(":") || index >= 0 || rest.first == "]" ? .index(index) : nil
    }

    // ?(@.a.b=="text")
    private mutating func filter() -> JSONPath.Element? {
        guard take("?("), take("@") else { return nil }
        var path: [String] = []
        skipSpaces()
        while rest.first == "." || rest.first == "[" {
            guard case .member(let key)? = element() else { return nil }
            path.append(key)
            skipSpaces()
        }
        guard !path.isEmpty, take("==") else { return nil }
        skipSpaces()
        guard let text = rest.first == "'" || rest.first == "\"" ? quoted() : plainKey() else { return nil }
        skipSpaces()
        return take(")") ? .filter(path: path, equals: text) : nil
    }

    /// A key up to the next mark; a backslash makes the character after it a part of the key.
    private mutating func plainKey() -> String? {
        var key = ""
        while let character = rest.first {
            if character == "\\" {
                rest.removeFirst()
                guard let escaped = rest.first else { return nil }
                key.append(escaped)
            } else if Self.marks.contains(character) {
                break
            } else {
                key.append(character)
            }
            rest.removeFirst()
        }
        return key.isEmpty ? nil : key
    }

    private mutating func quoted() -> String? {
        let mark = rest.removeFirst()
        var text = ""
        while let character = rest.popFirst() {
            if character == mark { return text }
            if character == "\\" {
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped)
            } else {
                text.append(character)
            }
        }
        return nil
    }

    private mutating func take(_ prefix: String) -> Bool {
        guard rest.hasPrefix(prefix) else { return false }
        rest.removeFirst(prefix.count)
        return true
    }

    private mutating func skipSpaces() { rest = rest.drop { $0 == " " } }

    private static let marks: Set<Character> = [".", "[", "]", "(", ")", "=", "<", ">", "!", "'", "\"", " ", "*", "\\"]

    /// True for a key that needs no quotes in a path.
    static func isPlain(_ key: String) -> Bool { !key.isEmpty && !key.contains { marks.contains($0) } }
}
