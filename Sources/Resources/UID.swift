// SPDX-License-Identifier: Apache-2.0

/// Makes the names that nobody chooses: uids and the ends of generated names.
package enum UID {
    /// A random UUID (RFC 9562, version 4) as objects carry it in `metadata.uid`.
    package static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    /// The same, from a source that a test can repeat.
    package static func random(using generator: inout some RandomNumberGenerator) -> String {
        let high: UInt64 = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low: UInt64 = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = hexadecimal(high) + hexadecimal(low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}

/// The name of an object that was created with `generateName`.
package enum GeneratedName {
    /// Longest name in bytes; a longer prefix is cut, as upstream does.
    private static let longest = 63
    private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

    /// The prefix with five letters behind it that form no words: `web-x7k2p`.
    package static func make(prefix: String, using generator: inout some RandomNumberGenerator) -> String {
        var name = String(prefix.prefix(longest - 5))
        for _ in 0..<5 { name.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]) }
        return name
    }

    /// The same, from the system's source.
    package static func make(prefix: String) -> String {
        var generator = SystemRandomNumberGenerator()
        return make(prefix: prefix, using: &generator)
    }
}
