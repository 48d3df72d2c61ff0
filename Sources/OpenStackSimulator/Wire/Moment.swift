// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

/// Times as the services write them.
extension Date {
    /// Nova and Neutron: `2026-11-24T07:12:15Z`.
    var seconds: JSON { .string(formatted(.iso8601)) }

    /// Keystone: `2026-11-24T07:12:15.000000Z`.
    var precise: JSON { .string(String(formatted(.iso8601).dropLast()) + ".000000Z") }

    /// Nova's actions, and Cinder: without a zone.
    var zoneless: JSON { .string(String(formatted(.iso8601).dropLast()) + ".000000") }

    /// Reads what clients send for a moment.
    init?(moment text: String) {
        var text = text.prefix { $0 != "." && $0 != "Z" && $0 != "+" }
        if text.count == 10 { text += "T00:00:00" }
        guard let date = try? Date(text + "Z", strategy: .iso8601) else { return nil }
        self = date
    }

    func advanced(by duration: Duration) -> Date {
        addingTimeInterval(Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
    }
}
