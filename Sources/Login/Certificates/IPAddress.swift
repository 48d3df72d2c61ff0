// SPDX-License-Identifier: Apache-2.0

/// Reads IP addresses into the bytes that certificates carry.
enum IPAddress {
    /// Four bytes for IPv4, sixteen for IPv6 (RFC 4291, section 2.2, without a zone or an IPv4 tail); absent for anything else.
    static func bytes(_ text: String) -> [UInt8]? { text.contains(":") ? version6(text) : version4(text) }

    private static func version4(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.filter { $0.allSatisfy(\.isNumber) }.compactMap { UInt8($0) }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func version6(_ text: String) -> [UInt8]? {
        guard let (head, tail) = halves(text) else { return words(text, count: 8) }
        guard let head = words(head), let tail = words(tail), head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// What stands on either side of the one `::`.
    private static func halves(_ text: String) -> (String, String)? {
        let bytes = Array(text.utf8)
        guard let index = zip(bytes, bytes.dropFirst()).map({ $0 == 58 && $1 == 58 }).firstIndex(of: true) else {
            return nil
        }
        return (
            String(decoding: bytes[..<index], as: UTF8.self), String(decoding: bytes[(index + 2)...], as: UTF8.self)
        )
    }

    private static func words(_ text: String, count: Int? = nil) -> [UInt8]? {
        guard !text.isEmpty else { return count == nil ? [] : nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let words = parts.filter { (1...4).contains($0.count) && $0.allSatisfy(\.isHexDigit) }
            .compactMap { UInt16($0, radix: 16) }
        guard words.count == parts.count, count == nil || words.count == count else { return nil }
        return words.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    }
}
