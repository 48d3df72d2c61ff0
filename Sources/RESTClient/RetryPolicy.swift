// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// When a failed exchange is tried again, and after how long.
///
/// Pure: it is told what happened, and answers.
package struct RetryPolicy: Hashable, Sendable {
    /// Exchanges in all, the first one included.
    package var attempts: Int
    /// Before the second attempt; doubled for each further one.
    package var firstDelay: Duration
    package var longestDelay: Duration

    package init(attempts: Int = 4, firstDelay: Duration = .milliseconds(200), longestDelay: Duration = .seconds(10)) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    package static let none = RetryPolicy(attempts: 1)

    /// What came of one attempt.
    package enum Result: Sendable {
        case answer(RESTResponse)
        case failure(RESTError)
    }

    /// The pause before the next attempt; absent when there must be none.
    ///
    /// - Parameters:
    ///   - attempt: how many were made, at least 1
    ///   - jitter: from 0 to 1; half of the pause is left to chance, so that clients do not return in step
    package func pause(
        after result: Result, attempt: Int, isIdempotent: Bool, jitter: Double
    ) -> Duration? {
        guard attempt < attempts else { return nil }
        switch result {
        case .failure(let error):
            guard error.code == .notSent || (error.code == .lost && isIdempotent) else { return nil }
        case .answer(let answer):
            let asked = answer.retryAfter
            // Both say that nothing was done. A 503 without a time may come from a proxy that lost the answer.
            if answer.status == 429 || answer.status == 503, let asked { return asked }
            guard answer.status == 429 || (isIdempotent && [502, 503, 504].contains(answer.status)) else { return nil }
        }
        let doubled = firstDelay * (1 << min(attempt - 1, 16))
        return min(doubled, longestDelay) * (0.5 + jitter / 2)
    }
}

extension RESTResponse {
    /// How long the server asks us to stay away, when it says so in seconds.
    ///
    /// The other form, a date, would need to trust two clocks; it counts as not said.
    package var retryAfter: Duration? {
        guard let text = headers[.retryAfter], let seconds = Int(text), seconds >= 0 else { return nil }
        return .seconds(seconds)
    }
}
