// SPDX-License-Identifier: Apache-2.0

/// Durations as Go writes them: `1h30m`, `1.5s`, `-10ms`. https://pkg.go.dev/time#ParseDuration
enum DurationText {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// In nanoseconds; absent when it is none or longer than 292 years.
    static func parse(_ text: String) -> Int64? {
        var rest = text[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        if rest == "0" { return 0 }
        guard !rest.isEmpty else { return nil }
        var total: Int128 = 0
        while !rest.isEmpty {
            guard let part = part(&rest) else { return nil }
            total += part
            guard total <= Int128(Int64.max) + 1 else { return nil }
        }
        return Int64(exactly: isNegative ? -total : total)
    }

    private static func part(_ rest: inout Substring) -> Int128? {
        let whole = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(whole.count)
        var fraction = Substring()
        if rest.hasPrefix(".") {
            rest.removeFirst()
            fraction = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(fraction.count)
        }
        let name = rest.prefix { !($0.isASCII && $0.isNumber) && $0 != "." }
        rest = rest.dropFirst(name.count)
        guard !whole.isEmpty || !fraction.isEmpty, whole.utf8.count <= 19,
            let unit = units.first(where: { $0.name == name })
        else { return nil }
        let billionths = Int128(DigitReader.nanoseconds(Array(fraction.utf8)[...]))
        return (Int128(whole) ?? 0) * Int128(unit.nanoseconds) + billionths * Int128(unit.nanoseconds) / 1_000_000_000
    }

    /// As CEL prints it: seconds, `90s`, `0.5s`.
    static func text(_ nanoseconds: Int64) -> String {
        let magnitude = nanoseconds.magnitude
        let rest = fraction(Int64(magnitude % 1_000_000_000), digits: 9)
        return "\(nanoseconds < 0 ? "-" : "")\(magnitude / 1_000_000_000)\(rest)s"
    }

    /// A point and digits without zeros at the end; nothing for zero.
    static func fraction(_ value: Int64, digits: Int) -> String {
        guard value != 0 else { return "" }
        var text = value.padded(digits)
        while text.hasSuffix("0") { text.removeLast() }
        return "." + text
    }
}
