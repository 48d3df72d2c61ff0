// SPDX-License-Identifier: Apache-2.0

import Resources

/// The `timeout` parameter: how long a client would wait, as Go spells durations (`30s`, `1m30s`).
enum RequestTimeout {
    /// What upstream grants at most, and who does not ask: `--request-timeout` of kube-apiserver, 1m0s.
    static let longest = Duration.seconds(60)

    private static let units = [("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("h", 3600), ("m", 60), ("s", 1)]

    /// How long a request may take; throws when the text is no duration.
    static func limit(_ text: String?) throws(APIError) -> Duration {
        guard let text, !text.isEmpty, text != "0" else { return longest }
        var rest = text[...]
        var seconds = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count)
            guard let number = Double(digits), let (name, size) = units.first(where: { rest.hasPrefix($0.0) }) else {
                throw APIError(.badRequest, "invalid timeout \"\(text.shortened)\": must be a duration such as 30s")
            }
            seconds += number * size
            rest = rest.dropFirst(name.count)
        }
        return seconds > 0 ? min(.seconds(min(seconds, 3600)), longest) : longest
    }
}
