// SPDX-License-Identifier: Apache-2.0

/// A point in time from year 1 to 9999, to the nanosecond.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Seconds since 1970 in UTC.
    let seconds: Int64
    /// 0 to 999 999 999, forward from the second.
    let nanoseconds: Int64

    private static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// Absent outside the years 1 to 9999.
    init?(seconds: Int64, nanoseconds: Int64 = 0) {
        guard Self.range.contains(seconds) else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// Later by a duration; absent outside the range.
    func advanced(byNanoseconds duration: Int64) -> Timestamp? {
        let (whole, rest) = (nanoseconds + duration % 1_000_000_000).quotientAndRemainder(dividingBy: 1_000_000_000)
        let borrow: Int64 = rest < 0 ? 1 : 0
        let seconds = seconds + duration / 1_000_000_000 + whole - borrow
        return Timestamp(seconds: seconds, nanoseconds: rest + borrow * 1_000_000_000)
    }

    /// The duration since another point in nanoseconds; absent when it is longer than 292 years.
    func nanoseconds(since other: Timestamp) -> Int64? {
        let (product, overflows) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, alsoOverflows) = product.addingReportingOverflow(nanoseconds - other.nanoseconds)
        return overflows || alsoOverflows ? nil : sum
    }
}

extension Timestamp {
    /// Reads `2026-01-31T12:00:00.5+01:00`, or a date alone as its midnight in UTC.
    init?(_ text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), (1...12).contains(month),
            (1...CalendarDate.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        let days = CalendarDate(year: year, month: month, day: day).daysSinceEpoch
        if reader.isAtEnd {
            self.init(seconds: days * 86_400)
            return
        }
        guard reader.skip("T") || reader.skip("t"), let hour = reader.number(2), reader.skip(":"),
            let minute = reader.number(2), reader.skip(":"), let second = reader.number(2),
            hour < 24, minute < 60, second < 60, let fraction = reader.fraction(), let offset = reader.offset(),
            reader.isAtEnd
        else { return nil }
        self.init(seconds: days * 86_400 + hour * 3600 + minute * 60 + second - offset, nanoseconds: fraction)
    }

    /// In UTC, with as many digits after the second as it needs.
    var text: String {
        let date = CalendarDate(daysSinceEpoch: seconds.floorDivided(by: 86_400))
        let second = seconds.floorRemainder(by: 86_400)
        let day = "\(date.year.padded(4))-\(date.month.padded(2))-\(date.day.padded(2))"
        let time = "\((second / 3600).padded(2)):\((second / 60 % 60).padded(2)):\((second % 60).padded(2))"
        return "\(day)T\(time)\(DurationText.fraction(nanoseconds, digits: 9))Z"
    }
}

/// A day of the Gregorian calendar, also before it was in use.
struct CalendarDate {
    var year: Int64
    var month: Int64
    var day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Counts in eras of 400 years that begin in March.
    ///
    /// https://howardhinnant.github.io/date_algorithms.html
    init(daysSinceEpoch: Int64) {
        let days = daysSinceEpoch + 719_468
        let era = days.floorDivided(by: 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = year.floorDivided(by: 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// 0 for the first of January.
    var dayOfYear: Int64 { daysSinceEpoch - CalendarDate(year: year, month: 1, day: 1).daysSinceEpoch }

    static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month - 1)]
    }
}

extension Int64 {
    func floorDivided(by divisor: Int64) -> Int64 { (self - floorRemainder(by: divisor)) / divisor }

    func floorRemainder(by divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    /// With zeros in front.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
