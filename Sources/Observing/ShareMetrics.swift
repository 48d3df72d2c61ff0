// SPDX-License-Identifier: Apache-2.0

import Metrics

/// What one share of the API's capacity tells of the requests in it and before it.
package struct ShareMetrics: Sendable {
    private let working: Meter
    private let waiting: Meter
    private let refused: [Bound: Counter]

    /// Why a request was refused.
    package enum Bound: String, CaseIterable, Sendable {
        /// As many as may be of its user, its organization or all together are there.
        case user, organization, server
        /// It has waited too long.
        case time
    }

    /// Metrics under the name of a share, of which there are few.
    package init(share: String) {
        working = Meter(label: MetricName.workingRequests, dimensions: [("share", share)])
        waiting = Meter(label: MetricName.waitingRequests, dimensions: [("share", share)])
        refused = Dictionary(
            uniqueKeysWithValues: Bound.allCases.map { bound in
                let labels = [("share", share), ("bound", bound.rawValue)]
                return (bound, Counter(label: MetricName.refusedRequests, dimensions: labels))
            })
    }

    /// A request works now.
    package func began() { working.increment() }
    /// A request works no more.
    package func ended() { working.decrement() }
    /// A request waits for a seat.
    package func waits() { waiting.increment() }
    /// A request waits no longer, whatever came of it.
    package func waitsNoMore() { waiting.decrement() }

    /// A request was refused.
    package func refused(_ bound: Bound) { refused[bound]?.increment() }
}
