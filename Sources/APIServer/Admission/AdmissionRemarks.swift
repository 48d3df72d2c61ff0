// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What webhooks say beside their decision, of one request: warnings for the client, annotations for the audit.
///
/// It stands beside the call chain, because refusals and deletions have remarks too and return nothing that could hold them.
final class AdmissionRemarks: Sendable {
    private struct State {
        var warnings: [String] = []
        var annotations: [String: String] = [:]
    }

    /// Those of the request that runs now; absent where nobody listens.
    @TaskLocal static var current: AdmissionRemarks?

    private let state = Mutex(State())

    var warnings: [String] { state.withLock { $0.warnings } }
    var annotations: [String: String] { state.withLock { $0.annotations } }

    /// Takes an answer's remarks; a key of the audit stands behind the webhook's name.
    func add(_ answer: ReviewAnswer, of webhook: String) {
        state.withLock { state in
            for warning in answer.warnings where !state.warnings.contains(warning) { state.warnings.append(warning) }
            for (key, value) in answer.annotations { state.annotations["\(webhook)/\(key)"] = value }
        }
    }

    /// Notes in the audit that a webhook which does not matter was not heard.
    func addUnheard(_ webhook: String) {
        state.withLock { $0.annotations["failed-open.webhook.admission.k8s.io/\(webhook)"] = webhook }
    }
}
