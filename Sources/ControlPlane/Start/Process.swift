// SPDX-License-Identifier: Apache-2.0

import Logging
import Metrics
import Observing

/// What there is once a process: where log records go and where figures are kept.
enum Process {
    static let metrics = PrometheusMetrics()

    /// Sets both up; call once, before anything logs or counts.
    static func begin(_ settings: Settings) -> Logger {
        MetricsSystem.bootstrap(metrics)
        LoggingSystem.bootstrap { settings.logFormat.handler(label: $0, level: settings.logLevel) }
        return Logger(label: "scs")
    }
}
