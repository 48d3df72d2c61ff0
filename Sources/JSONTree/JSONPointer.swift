// SPDX-License-Identifier: Apache-2.0

/// Where a value stands, as JSON Patch says it: `/spec/networks/0/name` (RFC 6901).
package struct JSONPointer: Hashable, Sendable {
    /// The keys and indices on the way; none for the whole document.
    package let tokens: [String]

    package init(tokens: [String]) { self.tokens = tokens }

    /// Reads a pointer; absent when it does not begin with a slash or has a `~` that escapes nothing.
    package init?(_ text: String) {
        guard !text.isEmpty else {
            tokens = []
            return
        }
        guard text.hasPrefix("/") else { return nil }
        var tokens: [String] = []
        for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let token = Self.unescape(part) else { return nil }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    private static func unescape(_ part: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var rest = part.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch rest.next() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The place in an array that a token means; absent for leading zeros, signs and `-`.
    static func index(_ token: String) -> Int? {
        guard token == "0" || !token.hasPrefix("0"), token.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(token)
    }

    /// True for a pointer to something inside what the other one points at.
    func isInside(_ other: JSONPointer) -> Bool {
        tokens.count > other.tokens.count && tokens.starts(with: other.tokens)
    }
}

extension JSONPointer: CustomStringConvertible {
    package var description: String {
        tokens.map { token in
            var text = "/"
            for character in token.unicodeScalars {
                switch character {
                case "~": text += "~0"
                case "/": text += "~1"
                default: text.unicodeScalars.append(character)
                }
            }
            return text
        }.joined()
    }
}

extension JSON {
    /// The value that a pointer leads to.
    package func value(at pointer: JSONPointer) -> JSON? {
        var value = self
        for token in pointer.tokens {
            let next =
                switch value {
                case .object(let object): object[token]
                case .array: JSONPointer.index(token).flatMap { value[$0] }
                default: JSON?.none
                }
            guard let next else { return nil }
            value = next
        }
        return value
    }
}
