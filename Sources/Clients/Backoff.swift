// SPDX-License-Identifier: Apache-2.0

/// How long to wait after the n-th failure in a row: doubling up to a cap, spread so that many do not come back at once.
package struct Backoff: Sendable {
    package var base: Duration
    package var cap: Duration
    /// The part of a delay that chance may take away, from 0 to 1.
    package var jitter: Double
    /// Chance, from 0 up to 1; a test hands in a seeded one.
    package var random: @Sendable () -> Double

    package init(
        base: Duration, cap: Duration, jitter: Double = 0.2,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.base = base
        self.cap = cap
        self.jitter = jitter
        self.random = random
    }

    /// The delay after `failures` failures in a row; nothing after none.
    package func delay(after failures: Int) -> Duration {
        guard failures > 0 else { return .zero }
        var delay = base
        for _ in 1..<failures where delay < cap { delay *= 2 }
        return min(delay, cap) * (1 - jitter * random())
    }
}
