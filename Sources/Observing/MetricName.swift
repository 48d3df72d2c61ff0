// SPDX-License-Identifier: Apache-2.0

/// Names of our metrics, as Prometheus shows them.
///
/// A timer's name ends in `_seconds`, a counter's in `_total`.
package enum MetricName {
    /// By `method`, `resource` and `status`.
    package static let requests = "scs_requests_total"
    /// By `method` and `resource`.
    package static let requestSeconds = "scs_request_seconds"
    package static let openWatches = "scs_open_watches"
    /// By `kind` and `outcome`.
    package static let passes = "scs_passes_total"
    /// By `kind`.
    package static let passSeconds = "scs_pass_seconds"
    /// By `kind`.
    package static let workQueueDepth = "scs_work_queue_depth"
    /// By `peer`, `method` and `outcome`.
    package static let outgoingRequestSeconds = "scs_outgoing_request_duration_seconds"
    /// By `site`: 1 while it answers.
    package static let siteUp = "scs_site_up"
    /// By `outcome`.
    package static let storeCommits = "scs_store_commits_total"
    package static let storeCommitSeconds = "scs_store_commit_seconds"
    package static let storeRevision = "scs_store_revision"
}
