// SPDX-License-Identifier: Apache-2.0

import Metrics

/// What a store tells of itself; make it once a store, and feed it once a batch, so that commits stay cheap.
package struct StoreMetrics: Sendable {
    private let commits = Counter(label: MetricName.storeCommits)
    private let batches = Counter(label: MetricName.storeBatches)
    private let refusals = Counter(label: MetricName.storeRefusals)
    private let seconds = Timer(label: MetricName.storeCommitSeconds)
    private let revision = Gauge(label: MetricName.storeRevision)
    private let compacted = Gauge(label: MetricName.storeCompacted)
    private let bytes = Gauge(label: MetricName.storeBytes)

    package init() {}

    /// A batch of commits is on the disk; with `batches` the commits tell how many share a flush.
    package func committed(_ count: Int, took: Duration) {
        commits.increment(by: count)
        batches.increment()
        seconds.record(duration: took)
    }

    /// Changes that the disk or the queue did not take.
    package func refused(_ count: Int) { refusals.increment(by: count) }

    /// How far the store is, where its history begins, and how large its file is.
    package func stands(at newest: Int64, compacted oldest: Int64, bytes size: Int64) {
        revision.record(newest)
        compacted.record(oldest)
        bytes.record(size)
    }
}

/// What the watch cache tells of its watchers, the controllers' own among them.
package struct WatchMetrics: Sendable {
    private let watchers = Meter(label: MetricName.watchers)
    private let events = Counter(label: MetricName.watchEvents)
    private let slow = Counter(label: MetricName.slowWatchers)

    package init() {}

    package func began() { watchers.increment() }
    package func ended() { watchers.decrement() }
    package func sent(_ count: Int) { events.increment(by: count) }
    /// A watcher was so slow that what it had to see is gone.
    package func dropped() { slow.increment() }
}

/// What is known of a site without asking it.
package enum SiteMetrics {
    /// Whether the site answered when it was last looked at.
    package static func answered(_ isUp: Bool, site: String) {
        Gauge(label: MetricName.siteUp, dimensions: [("site", site)]).record(isUp ? 1 : 0)
    }

    /// How old the token is that the site is looked at with.
    package static func token(age: Int64, site: String) {
        Gauge(label: MetricName.siteTokenAge, dimensions: [("site", site)]).record(age)
    }
}
