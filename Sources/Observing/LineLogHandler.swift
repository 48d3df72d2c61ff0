// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import Logging

/// Writes a record as one line and hides values whose key says that they are secret.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: LogFormat
    private let write: @Sendable (String) -> Void

    package init(
        label: String, format: LogFormat, level: Logger.Level = .info, write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.format = format
        self.write = write
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let given = event.metadata { all.merge(given) { $1 } }
        if let error = event.error { all[LogKey.error] = "\(error)" }
        let pairs = all.sorted { $0.key < $1.key }.map { ($0.key, Self.shown($0.key, $0.value)) }
        let time = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        switch format {
        case .json: write(json(time, event, pairs))
        case .text: write(text(time, event, pairs))
        }
    }

    private static let secretWords: Set<Substring> = [
        "password", "secret", "token", "authorization", "cookie", "credential", "privatekey", "private_key",
    ]

    /// A last line of defence: nobody is to log a secret in the first place.
    private static func shown(_ key: String, _ value: Logger.Metadata.Value) -> Logger.Metadata.Value {
        let words = key.lowercased().split { $0 == "." || $0 == "-" }
        return words.contains(where: secretWords.contains) ? "redacted" : value
    }

    private func json(
        _ time: String, _ event: LogEvent, _ pairs: [(String, Logger.Metadata.Value)]
    ) -> String {
        var line = #"{"time":"\#(time)","level":"\#(event.level)","label":"#
        line.appendJSON(label)
        line += #","message":"#
        line.appendJSON(event.message.description)
        for (key, value) in pairs {
            line += ","
            // Members of their own would shadow ours.
            line.appendJSON(["time", "level", "label", "message"].contains(key) ? "\(key)_" : key)
            line += ":"
            line.appendJSON(value)
        }
        return line + "}\n"
    }

    private func text(
        _ time: String, _ event: LogEvent, _ pairs: [(String, Logger.Metadata.Value)]
    ) -> String {
        let words = [time, "\(event.level)", "\(label):", event.message.description] + pairs.map { "\($0)=\($1)" }
        // One record is one line, whatever somebody managed to get into it.
        return words.joined(separator: " ").map { $0.isNewline ? "\\n" : String($0) }.joined() + "\n"
    }
}
