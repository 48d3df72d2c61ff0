// SPDX-License-Identifier: Apache-2.0

import Logging
import Metrics
import Observing
import Resources

/// Tells operators of passes: a log line for each that did something or went wrong, and metrics of all.
struct PassReporter: Sendable {
    let kind: String
    let logger: Logger

    /// How many keys wait.
    func depth(_ depth: Int) { Gauge(label: MetricName.workQueueDepth, dimensions: [("kind", kind)]).record(depth) }

    func report(_ key: ObjectKey, _ report: PassReport, took: Duration) {
        count(report.verdict.word, took)
        var metadata = metadata(key, report.verdict.word)
        metadata[LogKey.steps] = .array(report.performed.map(Logger.MetadataValue.string))
        logger.log(level: level(of: report), "\(report.verdict.message)", metadata: metadata)
    }

    /// A pass that our own API server interrupted; a conflict is everyday life.
    func report(_ key: ObjectKey, _ error: any Error, took: Duration) {
        count("interrupted", took)
        let isConflict = (error as? APIError)?.reason == .conflict
        logger.log(
            level: isConflict ? .debug : .warning, "pass was interrupted: \(PassFailure(error).message)",
            metadata: metadata(key, "interrupted"))
    }

    private func level(of report: PassReport) -> Logger.Level {
        switch report.verdict {
        case .outcome(.rejected), .outcome(.gone): .notice
        case .failed: .warning
        case .outcome, .inUse: report.performed.isEmpty ? .debug : .info
        }
    }

    private func count(_ word: String, _ took: Duration) {
        Counter(label: MetricName.passes, dimensions: [("kind", kind), ("outcome", word)]).increment()
        Timer(label: MetricName.passSeconds, dimensions: [("kind", kind)]).record(duration: took)
    }

    private func metadata(_ key: ObjectKey, _ word: String) -> Logger.Metadata {
        [
            LogKey.objectKind: "\(kind)", LogKey.objectOrganization: "\(key.organization)",
            LogKey.objectNamespace: "\(key.namespace)", LogKey.objectName: "\(key.name)", LogKey.outcome: "\(word)",
        ]
    }
}

extension Verdict {
    /// One word of a small set, for metrics and logs.
    fileprivate var word: String {
        switch self {
        case .outcome(.settled): "settled"
        case .outcome(.waiting): "waiting"
        case .outcome(.polling): "polling"
        case .outcome(.rejected): "rejected"
        case .outcome(.gone): "gone"
        case .inUse: "inUse"
        case .failed: "failed"
        }
    }

    fileprivate var message: String {
        switch self {
        case .outcome(.settled): "settled"
        case .outcome(.waiting(_, let because)): "waits: \(because)"
        case .outcome(.polling(_, let because)): "looks again: \(because)"
        case .outcome(.rejected(let rejection)): "rejected: \(rejection.message)"
        case .outcome(.gone): "gone"
        case .inUse(let users): DeletionGuard.message(for: users)
        case .failed(let failure): "failed: \(failure.message)"
        }
    }
}
