// SPDX-License-Identifier: Apache-2.0

import Patterns

/// A well-known way to write something as text (`format` in a schema).
///
/// Formats that are not listed are documentation only, as upstream treats them:
/// https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/
enum Format: String {
    case dateTime = "date-time"
    case date
    case ipv4
    case ipv6
    case cidr
    case uuid
    case mac
    case byte

    func allows(_ text: String) -> Bool {
        switch self {
        case .dateTime: Self.isDateTime(text)
        case .date: Self.isDate(text)
        case .ipv4: IPText.isIPv4(text[...])
        case .ipv6: IPText.isIPv6(text[...])
        case .cidr: IPText.isRange(text)
        case .uuid: Pattern.compiled("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")?.matches(text) ?? false
        case .mac: Pattern.compiled("^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}$")?.matches(text) ?? false
        case .byte: Self.isBase64(text.utf8)
        }
    }

    /// Whether a value of this format may hold a secret and is never repeated in a message.
    static func hidesValue(_ format: String?) -> Bool { format == "byte" || format == "password" }

    private static func isDateTime(_ text: String) -> Bool {
        let time = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)([.][0-9]{1,9})?(Z|z|[-+][0-9]{2}:[0-9]{2})"
        return isDate(String(text.prefix(10))) && Pattern.compiled("^.{10}[Tt]\(time)$")?.matches(text) ?? false
    }

    private static func isDate(_ text: String) -> Bool {
        guard Pattern.compiled("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")?.matches(text) ?? false else { return false }
        let parts = text.split(separator: "-").compactMap { Int($0) }
        let isLeap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(parts[1]) && (1...days[parts[1] - 1]).contains(parts[2])
    }

    private static func isBase64(_ text: String.UTF8View) -> Bool {
        guard text.count % 4 == 0 else { return false }
        let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return text.dropLast(padding).allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"): true
            default: false
            }
        }
    }
}

/// Recognizes IP addresses and ranges in their usual spellings.
private enum IPText {
    static func isIPv4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { number($0, upTo: 255) }
    }

    static func isIPv6(_ text: Substring) -> Bool {
        var text = text
        var room = 8
        if let colon = text.lastIndex(of: ":"), text[colon...].contains(".") {
            guard isIPv4(text[text.index(after: colon)...]) else { return false }
            // Four numbers in the old spelling stand for two groups; the colon stays only where it is one of two.
            room = 6
            text = text[...colon]
            if !text.hasSuffix("::") { text = text.dropLast() }
        }
        guard let gap = text.firstPair else { return groups(text) == room }
        let head = text[..<gap]
        let tail = text[text.index(gap, offsetBy: 2)...]
        guard let before = head.isEmpty ? 0 : groups(head), let after = tail.isEmpty ? 0 : groups(tail) else {
            return false
        }
        return before + after < room
    }

    static func isRange(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        return isIPv4(parts[0]) && number(parts[1], upTo: 32) || isIPv6(parts[0]) && number(parts[1], upTo: 128)
    }

    /// The number of groups; absent when one is none.
    private static func groups(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let areGood = parts.allSatisfy {
            (1...4).contains($0.utf8.count) && $0.allSatisfy { $0.isASCII && $0.isHexDigit }
        }
        return areGood ? parts.count : nil
    }

    /// A decimal number without leading zeros.
    private static func number(_ text: Substring, upTo limit: Int) -> Bool {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        return (text == "0" || !text.hasPrefix("0")) && (Int(text) ?? .max) <= limit
    }
}

extension Substring {
    /// Where `::` begins.
    fileprivate var firstPair: Index? {
        indices.dropLast().first { self[$0] == ":" && self[index(after: $0)] == ":" }
    }
}
