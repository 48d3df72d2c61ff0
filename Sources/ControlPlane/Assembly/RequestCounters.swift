// SPDX-License-Identifier: Apache-2.0

import APIServer
import Metrics
import Observing
import Resources
import Synchronization

/// Counts requests by verb, resource and code.
///
/// It keeps the counter of each such set, for finding one among all metrics means printing its labels.
final class RequestCounters: Sendable {
    private struct Labels: Hashable {
        let verb: String
        let resource: GroupResource?
        let code: Int
    }

    /// Clients can make methods up, so there is an end to what is kept; the rest is counted all the same.
    private static let limit = 1_000
    private let counters = Mutex<[Labels: Counter]>([:])

    func count(_ outcome: RequestOutcome) {
        let labels = Labels(verb: outcome.verb, resource: outcome.resource, code: outcome.code)
        let counter = counters.withLock { counters in
            if let known = counters[labels] { return known }
            let new = Self.counter(labels)
            if counters.count < Self.limit { counters[labels] = new }
            return new
        }
        counter.increment()
    }

    private static func counter(_ labels: Labels) -> Counter {
        Counter(
            label: MetricName.requests,
            dimensions: [
                ("verb", labels.verb), ("resource", labels.resource?.text ?? ""), ("code", String(labels.code)),
            ])
    }
}
