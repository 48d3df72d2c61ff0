// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets any number of tasks wait until something has reached a revision.
package final class RevisionSignal: Sendable {
    private struct Sleeper {
        let target: Revision
        let alarm: WakeUp<Void>
    }

    private struct State {
        var reached: Revision
        var isClosed = false
        var sleepers: [ObjectIdentifier: Sleeper] = [:]

        mutating func takeSleepers(where isDue: (Sleeper) -> Bool) -> [WakeUp<Void>] {
            guard !sleepers.isEmpty else { return [] }
            let due = sleepers.filter { isDue($0.value) }
            for id in due.keys { sleepers[id] = nil }
            return due.values.map(\.alarm)
        }
    }

    private let state: Mutex<State>

    package init(reached: Revision) { state = Mutex(State(reached: reached)) }

    package var reached: Revision { state.withLock { $0.reached } }

    /// Says that a revision has been reached; an older one than the last changes nothing.
    package func advance(to revision: Revision) {
        let due = state.withLock { state in
            state.reached = max(state.reached, revision)
            let reached = state.reached
            return state.takeSleepers { $0.target <= reached }
        }
        for alarm in due { alarm.ring(()) }
    }

    /// Says that nothing will be reached any more, and wakes everyone.
    package func close() {
        let due = state.withLock { state in
            state.isClosed = true
            return state.takeSleepers { _ in true }
        }
        for alarm in due { alarm.ring(()) }
    }

    /// Returns true once the revision is reached, false when the signal was closed before; throws on cancellation.
    package func wait(for target: Revision) async throws -> Bool {
        let alarm = WakeUp<Void>()
        let id = ObjectIdentifier(alarm)
        let answer: Bool? = state.withLock { state in
            if state.reached >= target { return true }
            if state.isClosed { return false }
            state.sleepers[id] = Sleeper(target: target, alarm: alarm)
            return nil
        }
        if let answer { return answer }
        defer { state.withLock { $0.sleepers[id] = nil } }
        try await alarm.wait()
        return state.withLock { $0.reached >= target }
    }
}
