// SPDX-License-Identifier: Apache-2.0

import Metrics

/// What one share of the API's capacity tells of the requests in it and before it.
package struct ShareMetrics: Sendable {
    private let share: String
    private let working: Meter
    private let waiting: Meter

    /// Metrics under the name of a share, of which there are few.
    package init(share: String) {
        self.share = share
        working = Meter(label: MetricName.workingRequests, dimensions: [("share", share)])
        waiting = Meter(label: MetricName.waitingRequests, dimensions: [("share", share)])
    }

    /// A request works now.
    package func began() { working.increment() }
    /// A request works no more.
    package func ended() { working.decrement() }
    /// A request waits for a seat.
    package func waits() { waiting.increment() }
    /// A request waits no longer, whatever came of it.
    package func waitsNoMore() { waiting.decrement() }

    /// A request was refused: too many of its user, its organization or the server, or it has waited too long.
    package func refused(_ bound: String) {
        Counter(label: MetricName.refusedRequests, dimensions: [("share", share), ("bound", bound)]).increment()
    }
}
