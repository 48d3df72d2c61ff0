// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
    /// A number: an integer when it is the shortest spelling of an `Int64`, else its spelling.
    mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> JSON {
        let start = position
        let isNegative = take(UInt8(ascii: "-"), bytes)
        let first = position
        var integer = try integerPart(bytes)
        if isNegative, integer == 0, position == first + 1 { integer = nil }
        var isInteger = true
        if take(UInt8(ascii: "."), bytes) {
            isInteger = false
            try digits(bytes)
        }
        if take(UInt8(ascii: "e"), bytes) || take(UInt8(ascii: "E"), bytes) {
            isInteger = false
            if !take(UInt8(ascii: "+"), bytes) { _ = take(UInt8(ascii: "-"), bytes) }
            try digits(bytes)
        }
        // Counted below zero, where there is room for one more.
        if isInteger, let integer, isNegative || integer != .min { return .integer(isNegative ? integer : -integer) }
        var spelling: [UInt8] = []
        for index in start..<position { spelling.append(bytes[index]) }
        return .decimal(String(decoding: spelling, as: UTF8.self))
    }

    /// The digits before any point, as the negative of their value; absent when an `Int64` has no room for it.
    private mutating func integerPart(_ bytes: Span<UInt8>) throws(JSONError) -> Int64? {
        if take(UInt8(ascii: "0"), bytes) { return 0 }
        let start = position
        var value: Int64 = 0
        var overflows = false
        while position < bytes.count, let digit = Self.decimalDigit(bytes[position]) {
            let (product, first) = value.multipliedReportingOverflow(by: 10)
            let (difference, second) = product.subtractingReportingOverflow(digit)
            overflows = overflows || first || second
            value = difference
            position += 1
        }
        guard position > start else { throw expected("a digit") }
        return overflows ? nil : value
    }

    private mutating func digits(_ bytes: Span<UInt8>) throws(JSONError) {
        let start = position
        while position < bytes.count, Self.decimalDigit(bytes[position]) != nil { position += 1 }
        guard position > start else { throw expected("a digit") }
    }

    private static func decimalDigit(_ byte: UInt8) -> Int64? {
        let digit = byte &- UInt8(ascii: "0")
        return digit < 10 ? Int64(digit) : nil
    }
}
