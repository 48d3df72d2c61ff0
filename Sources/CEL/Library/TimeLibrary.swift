// SPDX-License-Identifier: Apache-2.0

/// Points in time and durations.
///
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions
enum TimeLibrary {
    static let functions: [Function] = [
        .global(
            "timestamp", "(timestamp) -> timestamp", "(string) -> timestamp", "(int) -> timestamp", body: timestamp),
        .global("duration", "(duration) -> duration", "(string) -> duration", "(int) -> duration", body: duration),
        part("getFullYear") { date, _ in date.year },
        part("getMonth") { date, _ in date.month - 1 },
        part("getDate") { date, _ in date.day },
        part("getDayOfMonth") { date, _ in date.day - 1 },
        part("getDayOfWeek") { date, _ in (date.daysSinceEpoch + 4).floorRemainder(by: 7) },
        part("getDayOfYear") { date, _ in date.dayOfYear },
        part("getHours", of: 3_600_000_000_000) { _, second in second / 3600 },
        part("getMinutes", of: 60_000_000_000) { _, second in second / 60 % 60 },
        part("getSeconds", of: 1_000_000_000) { _, second in second % 60 },
        .method(
            "getMilliseconds", "(timestamp) -> int", "(timestamp, string) -> int", "(duration) -> int",
            body: milliseconds),
    ]

    /// A part of a date and time in UTC or in a zone; with a unit, also the whole units of a duration.
    private static func part(
        _ name: String, of unit: Int64? = nil,
        _ part: @escaping @Sendable (_ date: CalendarDate, _ secondOfDay: Int64) -> Int64
    ) -> Function {
        let body: Function.Body = { (_, arguments) throws(EvaluationError) in
            if case .duration(let nanoseconds) = arguments[0], let unit { return .int(nanoseconds / unit) }
            guard case .timestamp(let time) = arguments[0] else { throw .noSuchOverload }
            let seconds = time.seconds + (try arguments.count > 1 ? offset(arguments[1]) : 0)
            let date = CalendarDate(daysSinceEpoch: seconds.floorDivided(by: 86_400))
            return .int(part(date, seconds.floorRemainder(by: 86_400)))
        }
        guard unit != nil else {
            return .method(name, "(timestamp) -> int", "(timestamp, string) -> int", body: body)
        }
        return .method(name, "(timestamp) -> int", "(timestamp, string) -> int", "(duration) -> int", body: body)
    }

    /// Seconds that a zone is ahead of UTC; zones with a name other than UTC are not known here.
    private static func offset(_ zone: Value) throws(EvaluationError) -> Int64 {
        guard case .string(let name) = zone else { throw .noSuchOverload }
        if ["", "UTC", "Z", "GMT", "Etc/UTC"].contains(name) { return 0 }
        var reader = DigitReader(name.hasPrefix("+") || name.hasPrefix("-") ? name : "+\(name)")
        guard let offset = reader.offset(), reader.isAtEnd else { throw EvaluationError("unknown time zone \(name)") }
        return offset
    }

    @Sendable private static func milliseconds(
        _ run: inout Run, _ arguments: [Value]
    ) throws(EvaluationError) -> Value {
        switch arguments[0] {
        case .timestamp(let time): .int(time.nanoseconds / 1_000_000)
        case .duration(let nanoseconds): .int(nanoseconds / 1_000_000)
        default: throw .noSuchOverload
        }
    }

    @Sendable private static func timestamp(
        _ run: inout Run, _ arguments: [Value]
    ) throws(EvaluationError) -> Value {
        switch arguments[0] {
        case .timestamp: return arguments[0]
        case .int(let seconds):
            guard let time = Timestamp(seconds: seconds) else { throw .timestampOverflow }
            return .timestamp(time)
        case .string(let text):
            guard text.utf8.count > 10, let time = Timestamp(text) else {
                throw EvaluationError("type conversion error from 'string' to 'google.protobuf.Timestamp'")
            }
            return .timestamp(time)
        default: throw .noSuchOverload
        }
    }

    @Sendable private static func duration(
        _ run: inout Run, _ arguments: [Value]
    ) throws(EvaluationError) -> Value {
        switch arguments[0] {
        case .duration: return arguments[0]
        case .int(let nanoseconds): return .duration(nanoseconds: nanoseconds)
        case .string(let text):
            guard let nanoseconds = DurationText.parse(text) else {
                throw EvaluationError("type conversion error from 'string' to 'google.protobuf.Duration'")
            }
            return .duration(nanoseconds: nanoseconds)
        default: throw .noSuchOverload
        }
    }
}
