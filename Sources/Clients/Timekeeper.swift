// SPDX-License-Identifier: Apache-2.0

import Resources

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
    package var timestamp: String { Timestamp(seconds: wall()).text }
}
