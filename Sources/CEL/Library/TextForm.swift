// SPDX-License-Identifier: Apache-2.0

/// Values as text, as `string()` writes them.
enum TextForm {
    /// Absent for values that have no text: lists, maps, types.
    static func text(of value: Value) -> String? {
        switch value {
        case .bool(let value): String(value)
        case .int(let value): String(value)
        case .uint(let value): String(value)
        case .double(let value): text(of: value)
        case .string(let value): value
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        case .timestamp(let time): time.text
        case .duration(let nanoseconds): DurationText.text(nanoseconds)
        case .extended(let value): (value as? any CustomStringConvertible)?.description
        default: nil
        }
    }

    /// The shortest digits that read back as the same number, as Go prints them: `1`, `0.5`, `1e+21`.
    static func text(of value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
        let (digits, point) = shortest(value.magnitude)
        let sign = value.sign == .minus ? "-" : ""
        guard !digits.isEmpty else { return sign + "0" }
        let exponent = point - 1
        if exponent < -4 || exponent >= 21 {
            let rest = digits.dropFirst()
            let power = abs(exponent)
            let sign2 = exponent < 0 ? "-" : "+"
            return
                "\(sign)\(digits.prefix(1))\(rest.isEmpty ? "" : ".")\(rest)e\(sign2)\(power < 10 ? "0" : "")\(power)"
        }
        if point <= 0 { return "\(sign)0.\(String(repeating: "0", count: -point))\(digits)" }
        if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return "\(sign)\(digits.prefix(point)).\(digits.dropFirst(point))"
    }

    /// Digits without zeros around them, and how many of them stand before the point.
    private static func shortest(_ value: Double) -> (digits: String, point: Int) {
        let parts = "\(value)".split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        let all = mantissa[0] + fraction
        let zeros = all.prefix { $0 == "0" }.count
        var digits = all.dropFirst(zeros)
        while digits.hasSuffix("0") { digits.removeLast() }
        return (String(digits), mantissa[0].count + exponent - zeros)
    }
}
