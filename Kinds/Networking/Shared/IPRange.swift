// SPDX-License-Identifier: Apache-2.0

/// An IP address of either version, as its bytes.
struct IPAddress: Hashable, Comparable {
    /// 4 or 16.
    let bytes: [UInt8]

    /// Absent when the text is no address.
    init?(_ text: some StringProtocol) {
        guard let bytes = text.contains(":") ? Self.ipv6(String(text)) : Self.ipv4(String(text)) else { return nil }
        self.bytes = bytes
    }

    /// 4 or 6.
    var version: Int { bytes.count == 4 ? 4 : 6 }

    static func < (left: IPAddress, right: IPAddress) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

    private static func ipv4(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { UInt8($0) }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func ipv6(_ text: String) -> [UInt8]? {
        guard let gap = text.firstRange(of: "::") else {
            return groups(text[...]).flatMap { $0.count == 16 ? $0 : nil }
        }
        guard let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]) else { return nil }
        let missing = 16 - head.count - tail.count
        return missing < 2 ? nil : head + [UInt8](repeating: 0, count: missing) + tail
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), let last = ipv4(String(part)) {
                bytes += last
            } else if part.count <= 4, let group = UInt16(part, radix: 16) {
                bytes += [UInt8(group >> 8), UInt8(group & 0xff)]
            } else {
                return nil
            }
        }
        return bytes
    }
}

/// A range of addresses in CIDR notation, equal to every other spelling of the same range.
struct IPRange: Hashable {
    let first: IPAddress
    let prefix: Int
    /// The address as it was written, which may lie inside the range.
    private let given: IPAddress

    /// Absent when the text is no range.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let given = IPAddress(parts[0]), let prefix = Int(parts[1]), prefix >= 0,
            prefix <= given.bytes.count * 8
        else { return nil }
        self.given = given
        self.prefix = prefix
        first = given.masked(prefix)
    }

    /// Whether it was written with its first address.
    var isNormal: Bool { given == first }
    var version: Int { first.version }

    /// As it should be written: `10.1.2.0/24`; absent for IPv6, whose spelling has choices.
    var text: String? {
        version == 4 ? first.bytes.map(String.init).joined(separator: ".") + "/\(prefix)" : nil
    }

    func contains(_ address: IPAddress) -> Bool {
        address.version == version && address.masked(prefix) == first
    }

    func overlaps(_ other: IPRange) -> Bool {
        prefix <= other.prefix ? contains(other.first) : other.contains(first)
    }

    static func == (left: IPRange, right: IPRange) -> Bool { left.first == right.first && left.prefix == right.prefix }

    func hash(into hasher: inout Hasher) {
        hasher.combine(first)
        hasher.combine(prefix)
    }
}

extension IPAddress {
    private init(bytes: [UInt8]) { self.bytes = bytes }

    fileprivate func masked(_ prefix: Int) -> IPAddress {
        IPAddress(
            bytes: bytes.enumerated().map { index, byte in
                let bits = min(8, max(0, prefix - index * 8))
                return byte & ~UInt8(truncatingIfNeeded: 0xff >> bits)
            })
    }
}
