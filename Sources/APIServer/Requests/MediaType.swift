// SPDX-License-Identifier: Apache-2.0

/// A media type with its parameters, as `Accept` and `Content-Type` carry them.
package struct MediaType: Hashable, Sendable {
    /// Lower case, `type/subtype`.
    package let name: String
    private let parameters: [String: String]

    /// Reads one media type; absent without a slash.
    package init?(_ text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
        let name = parts[0].lowercased()
        guard name.split(separator: "/", omittingEmptySubsequences: false).count == 2 else { return nil }
        self.name = name
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let halves = part.split(separator: "=", maxSplits: 1).map { $0.trimmed }
            guard halves.count == 2 else { continue }
            parameters[halves[0].lowercased()] = halves[1]
        }
        self.parameters = parameters
    }

    package subscript(parameter: String) -> String? { parameters[parameter] }

    /// From 0 to 1; 1 when absent.
    package var quality: Double { parameters["q"].flatMap(Double.init) ?? 1 }

    /// The types of an `Accept` header, best first; those of quality 0 are left out.
    package static func accepted(_ header: String) -> [MediaType] {
        let types = header.split(separator: ",").prefix(32).compactMap { MediaType(String($0)) }
        return types.enumerated().filter { $0.element.quality > 0 }
            .sorted { ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset) }
            .map(\.element)
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
