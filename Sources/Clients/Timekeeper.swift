// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Time as machinery sees it: a clock that is handed in, so that a test steps it, and the wall's time beside it.
package struct Timekeeper: Sendable {
    /// Since this value was made; never goes back.
    package let elapsed: @Sendable () -> Duration
    /// Seconds since 1970.
    package let wall: @Sendable () -> Int64
    private let suspend: @Sendable (Duration) async throws -> Void

    /// Counts by any clock; `wall` tells the seconds since 1970.
    package init(_ clock: some Clock<Duration>, wall: @escaping @Sendable () -> Int64) {
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
        suspend = { try await clock.sleep(for: $0) }
        self.wall = wall
    }

    /// The machine's own clocks.
    package static let system = Timekeeper(ContinuousClock(), wall: { Int64(time(nil)) })

    /// Throws `CancellationError` when the task is cancelled meanwhile.
    package func sleep(for duration: Duration) async throws { try await suspend(duration) }
}

extension Timekeeper {
    /// The wall's time in RFC 3339, in seconds, UTC.
    package var timestamp: String { Self.timestamp(wall()) }

    /// RFC 3339 of seconds since 1970, after Howard Hinnant's `civil_from_days`:
    /// https://howardhinnant.github.io/date_algorithms.html
    package static func timestamp(_ seconds: Int64) -> String {
        let (days, second) = (Int(seconds / 86400), Int(seconds % 86400))
        let shifted = days + 719_468
        let (era, dayOfEra) = (shifted / 146_097, shifted % 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let monthOfYear = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (monthOfYear <= 2 ? 1 : 0)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return
            "\(year)-\(two(monthOfYear))-\(two(day))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
    }
}
