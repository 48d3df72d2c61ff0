// SPDX-License-Identifier: Apache-2.0

/// An IPv4 or IPv6 address without a zone.
package struct IPAddress: ExtendedValue, Hashable, CustomStringConvertible {
    package static let typeName = "net.IP"

    /// Four or sixteen.
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Absent when the text is no address; an IPv4 address inside an IPv6 one is refused, as upstream does.
    package init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.six(text[...]) : Self.four(text[...]) else { return nil }
        if bytes.count == 16, bytes.prefix(12) == Self.mapped[...] { return nil }
        self.bytes = bytes
    }

    private static let mapped: [UInt8] = Array(repeating: 0, count: 10) + [255, 255]

    private static func four(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part -> UInt8? in
            let isPlain = part.utf8.allSatisfy { (0x30...0x39).contains($0) } && (part == "0" || !part.hasPrefix("0"))
            return isPlain ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func six(_ text: Substring) -> [UInt8]? {
        guard let gap = text.firstRange(of: "::") else {
            let bytes = groups(text)
            return bytes?.count == 16 ? bytes : nil
        }
        guard let head = groups(text[..<gap.lowerBound], isHead: true), let tail = groups(text[gap.upperBound...]),
            head.count + tail.count <= 14
        else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// The bytes of groups between colons; the last may be an IPv4 address.
    private static func groups(_ text: Substring, isHead: Bool = false) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if !isHead, index == parts.count - 1, let four = four(part) { return bytes + four }
            guard (1...4).contains(part.utf8.count), part.unicodeScalars.allSatisfy(\.isHexDigit),
                let group = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 255)]
        }
        return bytes
    }

    var family: Int64 { bytes.count == 4 ? 4 : 6 }

    /// The canonical text. https://www.rfc-editor.org/rfc/rfc5952
    package var description: String {
        guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        let gap = Self.longestGap(groups)
        let texts = groups.map { String($0, radix: 16) }
        guard gap.count > 1 else { return texts.joined(separator: ":") }
        return "\(texts[..<gap.lowerBound].joined(separator: ":"))::\(texts[gap.upperBound...].joined(separator: ":"))"
    }

    /// The first longest run of zeros.
    private static func longestGap(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        while start < groups.count {
            let count = groups[start...].prefix { $0 == 0 }.count
            if count > best.count { best = start..<(start + count) }
            start += max(count, 1)
        }
        return best
    }
}

extension IPAddress {
    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }
    var isMulticast: Bool { bytes.count == 4 ? bytes[0] & 0xF0 == 224 : bytes[0] == 255 }
    var isLinkLocalMulticast: Bool {
        bytes.count == 4 ? bytes.prefix(3) == [224, 0, 0] : bytes[0] == 255 && bytes[1] & 15 == 2
    }
    var isLinkLocalUnicast: Bool {
        bytes.count == 4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 254 && bytes[1] & 0xC0 == 128
    }
    /// As Go defines it.
    ///
    /// https://pkg.go.dev/net/netip#Addr.IsGlobalUnicast
    var isGlobalUnicast: Bool {
        let isBroadcast = bytes == [255, 255, 255, 255]
        return !isBroadcast && !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
    }
}

/// A range of addresses: `192.0.2.0/24`.
package struct AddressRange: ExtendedValue, Hashable, CustomStringConvertible {
    package static let typeName = "net.CIDR"

    let address: IPAddress
    let prefix: Int

    init(address: IPAddress, prefix: Int) {
        self.address = address
        self.prefix = prefix
    }

    /// Absent when the text is no range.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), (1...3).contains(parts[1].utf8.count),
            parts[1].unicodeScalars.allSatisfy(\.isDigit), parts[1] == "0" || !parts[1].hasPrefix("0"),
            let prefix = Int(parts[1]), prefix <= address.bytes.count * 8
        else { return nil }
        self.init(address: address, prefix: prefix)
    }

    /// The same range with the bits after its prefix cleared.
    var masked: AddressRange {
        let bytes = address.bytes.enumerated().map { index, byte in
            let kept = min(8, max(0, prefix - index * 8))
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
        return AddressRange(address: IPAddress(bytes: bytes), prefix: prefix)
    }

    /// Whether an address of the same family is in it.
    package func contains(_ other: IPAddress) -> Bool {
        other.family == address.family && AddressRange(address: other, prefix: prefix).masked == masked
    }

    func contains(_ other: AddressRange) -> Bool { other.prefix >= prefix && contains(other.address) }

    package var description: String { "\(address)/\(prefix)" }
}
