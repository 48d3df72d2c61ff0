// SPDX-License-Identifier: Apache-2.0

/// A moment as objects spell it: RFC 3339 in UTC, with seconds (`metadata`) or microseconds (leases, events).
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    package let seconds: Int64
    /// Millionths of a second after that, from 0 to 999 999.
    package let microseconds: Int32

    package init(seconds: Int64, microseconds: Int32 = 0) {
        precondition((0..<1_000_000).contains(microseconds), "microseconds must be less than a second")
        self.seconds = seconds
        self.microseconds = microseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.microseconds) < (right.seconds, right.microseconds)
    }

    /// In whole seconds: `2026-07-07T10:11:12Z`.
    package var text: String { "\(date)T\(time)Z" }

    /// In microseconds: `2026-07-07T10:11:12.000000Z`.
    package var preciseText: String { "\(date)T\(time).\(Self.digits(Int64(microseconds), 6))Z" }

    /// The moment that much later, or earlier for a negative duration; to the microsecond.
    package func advanced(by duration: Duration) -> Timestamp {
        let (whole, fraction) = duration.components
        let micros = Int64(microseconds) + fraction / 1_000_000_000_000
        let carry = micros >= 0 ? micros / 1_000_000 : -1
        return Timestamp(seconds: seconds + whole + carry, microseconds: Int32(micros - carry * 1_000_000))
    }

    /// How long after another moment this one is.
    package func since(_ other: Timestamp) -> Duration {
        .seconds(seconds - other.seconds) + .microseconds(microseconds - other.microseconds)
    }
}

// MARK: - Spelling

extension Timestamp {
    /// Reads an RFC 3339 text with any offset; digits beyond microseconds are dropped.
    package init?(_ text: String) {
        var scanner = TimestampScanner(Array(text.utf8))
        guard let timestamp = scanner.timestamp() else { return nil }
        self = timestamp
    }

    private var date: String {
        let (year, month, day) = Self.civil(daysSince1970: Self.floorDivide(seconds, 86_400))
        return "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
    }

    private var time: String {
        let second = seconds - Self.floorDivide(seconds, 86_400) * 86_400
        return [second / 3600, second / 60 % 60, second % 60].map { Self.digits($0, 2) }.joined(separator: ":")
    }

    private static func digits(_ value: Int64, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}

// MARK: - Calendar

extension Timestamp {
    /// Years are counted from March, so that the leap day is the last of a year; 400 of them have 146 097 days.
    private static func civil(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let days = daysSince1970 + 719_468
        let era = floorDivide(days, 146_097)
        let dayOfEra = days - era * 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
        let next = month == 12 ? (year + 1, 1) : (year, month + 1)
        return daysSince1970(year: next.0, month: next.1, day: 1) - daysSince1970(year: year, month: month, day: 1)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }
}
