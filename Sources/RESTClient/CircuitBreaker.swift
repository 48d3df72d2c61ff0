// SPDX-License-Identifier: Apache-2.0

/// The rule that keeps us away from a server that does not answer: a value, without lock or clock.
///
/// Closed, it lets everything pass. After several failures in a row it opens and refuses; when its time has passed it is
/// half open and lets one exchange try: that one's success closes it, its failure opens it for twice as long.
package struct CircuitBreaker<Instant: InstantProtocol<Duration>>: Sendable {
    package enum Passage: Hashable, Sendable {
        case open
        /// Nothing may pass before this much time.
        case closed(Duration)
    }

    private enum State: Sendable {
        case counting(failures: Int)
        case refusing(until: Instant, period: Duration)
        case probing(period: Duration)
    }

    private let limit: Int
    private let firstPeriod: Duration
    private let longestPeriod: Duration
    private var state = State.counting(failures: 0)

    /// Failures in a row that open it, and how long it stays open at first and at most.
    package init(limit: Int = 5, firstPeriod: Duration = .seconds(5), longestPeriod: Duration = .seconds(60)) {
        self.limit = limit
        self.firstPeriod = firstPeriod
        self.longestPeriod = longestPeriod
    }

    /// Asked before each exchange; each one that may pass must end in `record` or `abandon`.
    package mutating func admit(at now: Instant) -> Passage {
        switch state {
        case .counting: return .open
        case .probing(let period): return .closed(period)
        case .refusing(let until, let period):
            guard now >= until else { return .closed(now.duration(to: until)) }
            state = .probing(period: period)
            return .open
        }
    }

    /// Told after each exchange that came to an end.
    package mutating func record(success: Bool, at now: Instant) {
        switch state {
        case .counting(let failures):
            let failures = success ? 0 : failures + 1
            state = failures < limit ? .counting(failures: failures) : refusing(for: firstPeriod, from: now)
        case .probing(let period):
            state = success ? .counting(failures: 0) : refusing(for: min(period * 2, longestPeriod), from: now)
        case .refusing:
            // An exchange that began before it opened: its success says more than the failures did.
            if success { state = .counting(failures: 0) }
        }
    }

    /// Told when an exchange was cancelled and so says nothing.
    package mutating func abandon(at now: Instant) {
        if case .probing(let period) = state { state = .refusing(until: now, period: period) }
    }

    private func refusing(for period: Duration, from now: Instant) -> State {
        .refusing(until: now.advanced(by: period), period: period)
    }
}
