// SPDX-License-Identifier: Apache-2.0

/// Finds the bytes that cannot stand in a JSON string as they are; parser and printer share it.
enum JSONBytes {
    /// The first quote, backslash or control character from an offset on, looking at eight bytes at a time.
    static func firstSpecial(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var position = start
        let raw = bytes.bytes
        while position &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let special = specialBytes(word)
            if special != 0 { return position &+ special.trailingZeroBitCount / 8 }
            position &+= 8
        }
        while position < bytes.count {
            if isSpecial(bytes[position]) { return position }
            position &+= 1
        }
        return nil
    }

    /// Whether two texts of the same length are the same, looking at eight bytes at a time.
    static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        var position = 0
        while position &+ 8 <= left.count {
            let word = left.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            let other = right.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            guard word == other else { return false }
            position &+= 8
        }
        while position < left.count {
            guard left[position] == right[position] else { return false }
            position &+= 1
        }
        return true
    }

    /// The top bit of each byte that is a quote, a backslash or below a space.
    ///
    /// The lowest bit set is always right; those above it may be borrowed. The trick: subtracting from a byte that is
    /// too small borrows into its top bit. See https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
    private static func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let controls = (word &- ones &* 0x20) & ~word
        return (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | controls) & (ones &* 0x80)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}
