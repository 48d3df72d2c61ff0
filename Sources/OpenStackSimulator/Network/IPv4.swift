// SPDX-License-Identifier: Apache-2.0

/// A range of IPv4 addresses: `10.1.2.3/8` is `10.0.0.0/8`.
struct IPv4Range: Equatable {
    let first: UInt32
    let prefix: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = Self.address(String(parts[0])), let prefix = Int(parts[1]),
            (0...32).contains(prefix)
        else { return nil }
        self.prefix = prefix
        first = prefix == 0 ? 0 : address & (UInt32.max << UInt32(32 - prefix))
    }

    var last: UInt32 { prefix == 32 ? first : first | (UInt32.max >> UInt32(prefix)) }
    var text: String { "\(Self.text(first))/\(prefix)" }

    func contains(_ address: UInt32) -> Bool { (first...last).contains(address) }

    func overlaps(_ other: IPv4Range) -> Bool { first <= other.last && other.first <= last }

    static func address(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard let part else { return nil }
            address = address << 8 | UInt32(part)
        }
        return address
    }

    static func text(_ address: UInt32) -> String {
        [24, 16, 8, 0].map { String(address >> $0 & 255) }.joined(separator: ".")
    }
}
