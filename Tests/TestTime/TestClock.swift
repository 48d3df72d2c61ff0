// SPDX-License-Identifier: Apache-2.0

package import Clients
import Synchronization

/// A clock that stands still until a test steps it.
package final class TestClock: Clock, Sendable {
    package struct Instant: InstantProtocol {
        package var offset: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        var wake: Instant
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: Sleeper] = [:]
        var nextSleeper = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock(\.now) }
    package var minimumResolution: Duration { .nanoseconds(1) }

    /// How many tasks sleep by this clock now.
    package var sleeperCount: Int { state.withLock(\.sleepers.count) }

    /// How long from now the first sleeper wakes; absent when nobody sleeps.
    package var nextWake: Duration? {
        state.withLock { state in state.sleepers.values.map { state.now.duration(to: $0.wake) }.min() }
    }

    /// Steps the clock and wakes whose time has come, the earliest first.
    package func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.wake <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.wake < $1.wake }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enter(id, Sleeper(wake: deadline, continuation: $0)) }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func enter(_ id: Int, _ sleeper: Sleeper) {
        let answer: Result<Void, any Error>? = state.withLock { state in
            if Task.isCancelled { return .failure(CancellationError()) }
            if sleeper.wake <= state.now { return .success(()) }
            state.sleepers[id] = sleeper
            return nil
        }
        if let answer { sleeper.continuation.resume(with: answer) }
    }
}

extension Timekeeper {
    /// Counts by a test's clock, from a fixed moment of the year 2027.
    package init(_ clock: TestClock) {
        self.init(clock, wall: { 1_800_000_000 + clock.now.offset.components.seconds })
    }
}
