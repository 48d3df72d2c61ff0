// SPDX-License-Identifier: Apache-2.0

/// Reads the pieces of dates, times and numbers from a text.
struct DigitReader {
    private var bytes: ArraySlice<UInt8>

    init(_ text: String) { bytes = Array(text.utf8)[...] }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = bytes.first, UInt32(first) == character.value else { return false }
        bytes.removeFirst()
        return true
    }

    /// So many digits.
    mutating func number(_ count: Int) -> Int64? {
        let digits = digits(atMost: count)
        return digits.count == count ? Self.value(digits) : nil
    }

    /// Digits that stand here, at most so many.
    mutating func digits(atMost limit: Int = .max) -> ArraySlice<UInt8> {
        let digits = bytes.prefix { (0x30...0x39).contains($0) }.prefix(limit)
        bytes = bytes.dropFirst(digits.count)
        return digits
    }

    static func value(_ digits: ArraySlice<UInt8>) -> Int64? { Int64(String(decoding: digits, as: UTF8.self)) }

    /// Nanoseconds after a point; 0 without one.
    mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        let digits = digits()
        guard !digits.isEmpty else { return nil }
        return Self.nanoseconds(digits)
    }

    /// Digits after a point as a count of billionths; further ones are cut off.
    static func nanoseconds(_ digits: ArraySlice<UInt8>) -> Int64 {
        let kept = digits.prefix(9)
        return kept.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
            * (0..<(9 - kept.count)).reduce(1) { power, _ in power * 10 }
    }

    /// Seconds that a zone is ahead of UTC: `Z`, `+01:00`.
    mutating func offset() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let sign: Int64
        if skip("-") { sign = -1 } else if skip("+") { sign = 1 } else { return nil }
        guard let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
