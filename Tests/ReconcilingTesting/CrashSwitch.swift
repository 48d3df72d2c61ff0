// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts the calls of a process to everything outside it, and kills the process at one of them.
///
/// Once it has struck, every later call fails too: a dead process does nothing more.
package final class CrashSwitch: Sendable {
    /// Where in a call the process dies.
    package enum Moment: Hashable, Sendable, CaseIterable {
        case beforeEffect
        case afterEffect
    }

    package struct Crash: Error {}

    private struct State {
        var calls = 0
        var hasStruck = false
    }

    private let state = Mutex(State())
    private let fatalCall: Int?
    private let moment: Moment

    /// Kills at the n-th call, counted from 1; never when absent.
    package init(at fatalCall: Int? = nil, _ moment: Moment = .beforeEffect) {
        self.fatalCall = fatalCall
        self.moment = moment
    }

    package var calls: Int { state.withLock(\.calls) }
    package var hasStruck: Bool { state.withLock(\.hasStruck) }

    /// Makes one call to the outside, unless the process dies.
    package func call<Answer: Sendable>(
        _ body: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        let isFatal = try state.withLock { state in
            guard !state.hasStruck else { throw Crash() }
            state.calls += 1
            let isFatal = state.calls == fatalCall
            state.hasStruck = isFatal
            return isFatal
        }
        if isFatal, moment == .beforeEffect { throw Crash() }
        let answer = try await body()
        if isFatal { throw Crash() }
        return answer
    }
}
