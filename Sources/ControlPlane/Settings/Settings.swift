// SPDX-License-Identifier: Apache-2.0

package import APIServer
package import Logging
package import Observing

/// What the operator has set, checked.
package struct Settings: Hashable, Sendable {
    package enum Controllers: String, CaseIterable, Sendable { case all, none }

    package var data: String
    package var host: String
    package var port: Int
    package var names: [String]
    package var logLevel: Logger.Level
    package var logFormat: LogFormat
    package var controllers: Controllers
    package var history: Duration
    package var fairness: FairnessLimits
    package var stall: Duration
    /// What webhooks of organizations may reach beside the open Internet.
    package var webhookRanges: [String]
    /// The path of the file with the provider's issuers; absent for none.
    package var authenticationConfig: String?
    /// What service-account tokens name as their issuer.
    package var tokenIssuer: String

    /// A setting that has no meaning: which, what it is, and what would be right.
    package struct Invalid: Error, Hashable, CustomStringConvertible {
        package let setting: Setting
        package let value: String
        package let expected: String

        package var description: String {
            "--\(setting.name) (\(setting.environmentVariable)) must be \(expected), is \"\(value)\""
        }
    }

    /// Throws `Invalid` for the first setting that has no meaning.
    package init(_ values: [Setting: String] = [:]) throws {
        func text(_ setting: Setting) -> String { values[setting] ?? setting.defaultValue }
        data = text(.data)
        host = text(.host)
        port = try Self.number(.port, text(.port), in: 0...65_535)
        names = text(.names).split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        logLevel = try Self.word(.logLevel, text(.logLevel))
        logFormat = try Self.word(.logFormat, text(.logFormat))
        controllers = try Self.word(.controllers, text(.controllers))
        history = .seconds(60 * (try Self.number(.historyMinutes, text(.historyMinutes), in: 1...10_080)))
        fairness = FairnessLimits(
            requests: try Self.number(.requestsAtOnce, text(.requestsAtOnce), in: 4...100_000),
            lists: try Self.number(.listsAtOnce, text(.listsAtOnce), in: 4...10_000),
            watches: try Self.number(.watchesAtOnce, text(.watchesAtOnce), in: 4...1_000_000))
        stall = .seconds(try Self.number(.stallSeconds, text(.stallSeconds), in: 1...3_600))
        webhookRanges = try Self.ranges(.webhookRanges, text(.webhookRanges))
        authenticationConfig = text(.authenticationConfig).isEmpty ? nil : text(.authenticationConfig)
        tokenIssuer = try Self.issuer(text(.tokenIssuer), names: names, port: port)
    }

    private static func ranges(_ setting: Setting, _ text: String) throws -> [String] {
        let ranges = text.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        guard ranges.allSatisfy(WebhookReach.isRange) else {
            throw Invalid(setting: setting, value: text, expected: "ranges such as 10.20.0.0/16, joined by commas")
        }
        return ranges
    }

    private static func issuer(_ text: String, names: [String], port: Int) throws -> String {
        guard !text.isEmpty else {
            let name = names.first ?? "localhost"
            return "https://\(name.contains(":") ? "[\(name)]" : name)" + ([0, 443].contains(port) ? "" : ":\(port)")
        }
        guard text.hasPrefix("https://"), !text.hasSuffix("/") else {
            throw Invalid(setting: .tokenIssuer, value: text, expected: "an https URL without a slash at its end")
        }
        return text
    }

    private static func number(_ setting: Setting, _ text: String, in range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(text), range.contains(number) else {
            let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
            throw Invalid(setting: setting, value: text, expected: expected)
        }
        return number
    }

    private static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ setting: Setting, _ text: String
    ) throws -> Word {
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw Invalid(setting: setting, value: text, expected: "one of \(words)")
        }
        return word
    }
}
