// SPDX-License-Identifier: Apache-2.0

/// A clock of whichever type, counted from its creation.
///
/// It keeps the clock's type out of everything that holds a session.
struct AnyClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        let offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let elapsed: @Sendable () -> Duration
    private let pause: @Sendable (Duration) async throws -> Void

    init<Base: Clock<Duration>>(_ base: Base) {
        let start = base.now
        elapsed = { start.duration(to: base.now) }
        pause = { try await base.sleep(until: base.now.advanced(by: $0), tolerance: nil) }
    }

    var now: Instant { Instant(offset: elapsed()) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await pause(now.duration(to: deadline))
    }
}
