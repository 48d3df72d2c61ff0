// SPDX-License-Identifier: Apache-2.0

/// An amount with a suffix: `1.5Gi`, `200m`. https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity
///
/// Kept in billionths, the smallest unit that Kubernetes knows; beyond 10^29 it is no quantity here.
struct Quantity: ExtendedValue, Hashable, Comparable {
    static let typeName = "kubernetes.Quantity"
    private static let scale: Int128 = 1_000_000_000

    let billionths: Int128

    init(billionths: Int128) { self.billionths = billionths }

    /// Absent when the text is no quantity.
    ///
    /// Digits below a billionth are rounded away from zero.
    init?(_ text: String) {
        var rest = text[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        let whole = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction = Substring()
        if rest.hasPrefix(".") {
            fraction = rest.dropFirst().prefix(while: Self.isDigit)
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard !whole.isEmpty || !fraction.isEmpty, let (factor, power) = Self.multiplier(rest),
            let magnitude = Self.magnitude(whole + fraction, power: power - fraction.count + 9, factor: factor)
        else { return nil }
        billionths = isNegative ? -magnitude : magnitude
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    /// Digits times a power of ten times a factor; absent when it is too much.
    private static func magnitude(_ digits: Substring, power: Int, factor: Int128) -> Int128? {
        guard digits.utf8.count <= 200, abs(power) <= 300 else { return nil }
        let digits = digits.drop { $0 == "0" }
        guard !digits.isEmpty else { return 0 }
        var kept = digits.prefix(36)
        var power = power + digits.count - kept.count
        while kept.hasSuffix("0") {
            kept.removeLast()
            power += 1
        }
        guard var value = Int128(kept) else { return nil }
        let (product, overflows) = value.multipliedReportingOverflow(by: factor)
        guard !overflows else { return nil }
        value = product
        for _ in 0..<max(0, power) {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            value = product
        }
        for _ in 0..<max(0, -power) { value = value / 10 + (value % 10 == 0 ? 0 : 1) }
        return value
    }

    /// What a suffix stands for, as a factor and a power of ten.
    private static func multiplier(_ suffix: Substring) -> (Int128, Int)? {
        if let power = decimal[String(suffix)] { return (1, power) }
        if let shift = binary[String(suffix)] { return (Int128(1) << shift, 0) }
        guard suffix.hasPrefix("e") || suffix.hasPrefix("E"), let power = Int(suffix.dropFirst()) else { return nil }
        return (1, power)
    }

    private static let decimal = [
        "n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18,
    ]
    private static let binary = ["Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60]

    static func < (left: Quantity, right: Quantity) -> Bool { left.billionths < right.billionths }

    /// The whole number; absent when it is none, or too large.
    var integer: Int64? { billionths % Self.scale == 0 ? Int64(exactly: billionths / Self.scale) : nil }

    var approximation: Double { Double(billionths / Self.scale) + Double(billionths % Self.scale) / 1e9 }

    /// This and a number of others; absent when it is too much.
    func adding(_ other: Quantity, times count: Int128) -> Quantity? {
        let (sum, overflows) = billionths.addingReportingOverflow(other.billionths * count)
        return overflows ? nil : Quantity(billionths: sum)
    }

    static func whole(_ value: Int64) -> Quantity { Quantity(billionths: Int128(value) * scale) }
}
