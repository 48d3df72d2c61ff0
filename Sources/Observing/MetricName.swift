// SPDX-License-Identifier: Apache-2.0

/// Names of our metrics, as Prometheus shows them; docs/operations.md tells operators of each (a test compares).
///
/// A timer's name ends in `_seconds`, a counter's in `_total`. No label holds the name of an object or a customer.
package enum MetricName {
    /// By `verb`, `resource` and `code`.
    package static let requests = "scs_requests_total"
    /// By `share`.
    package static let workingRequests = "scs_working_requests"
    /// By `share`.
    package static let waitingRequests = "scs_waiting_requests"
    /// By `share` and `bound`.
    package static let refusedRequests = "scs_refused_requests_total"
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
    /// By `site`.
    package static let siteTokenAge = "scs_site_token_age_seconds"
    package static let storeCommits = "scs_store_commits_total"
    package static let storeBatches = "scs_store_batches_total"
    package static let storeRefusals = "scs_store_refused_commits_total"
    package static let storeCommitSeconds = "scs_store_batch_seconds"
    package static let storeRevision = "scs_store_revision"
    package static let storeCompacted = "scs_store_compacted_revision"
    package static let storeBytes = "scs_store_database_bytes"
    package static let watchers = "scs_watchers"
    package static let watchEvents = "scs_watch_events_total"
    package static let slowWatchers = "scs_slow_watchers_total"
}
