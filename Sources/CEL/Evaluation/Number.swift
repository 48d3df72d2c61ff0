// SPDX-License-Identifier: Apache-2.0

/// Numbers of the three types beside each other.
enum Number {
    /// Negative, zero or positive by value; absent for NaN and for what is no number.
    static func compare(_ left: Value, _ right: Value) -> Int? {
        switch (left, right) {
        case (.int(let left), .int(let right)): order(left, right)
        case (.uint(let left), .uint(let right)): order(left, right)
        case (.double(let left), .double(let right)): left.isNaN || right.isNaN ? nil : order(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? -1 : order(UInt64(left), right)
        case (.uint, .int), (.double, .int), (.double, .uint): compare(right, left).map { -$0 }
        case (.int(let left), .double(let right)): compare(whole: Int128(left), right)
        case (.uint(let left), .double(let right)): compare(whole: Int128(left), right)
        default: nil
        }
    }

    static func order<Ordered: Comparable>(_ left: Ordered, _ right: Ordered) -> Int {
        left < right ? -1 : left == right ? 0 : 1
    }

    /// Exact also where a double has not enough digits for the whole number.
    private static func compare(whole left: Int128, _ right: Double) -> Int? {
        if right.isNaN { return nil }
        if right >= 0x1p64 { return -1 }
        if right <= -0x1p64 { return 1 }
        let floor = right.rounded(.down)
        let order = order(left, Int128(floor))
        return order == 0 && floor < right ? -1 : order
    }
}
