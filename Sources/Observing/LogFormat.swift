// SPDX-License-Identifier: Apache-2.0

package import Logging

/// How log records look on standard error: one line each.
package enum LogFormat: String, Sendable, CaseIterable {
    /// For machines.
    case json
    /// For people.
    case text

    /// Makes the handler of one logger; give it to `LoggingSystem.bootstrap`.
    package func handler(label: String, level: Logger.Level = .info) -> any LogHandler {
        LineLogHandler(label: label, format: self, level: level, write: StandardError.write)
    }
}
