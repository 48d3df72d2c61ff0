// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import SwiftProtobuf

extension FormWriter {
    /// A moment in whole seconds; left out when the message holds none.
    mutating func time(_ key: String, _ value: MetaTime) throws(UnreadableMessage) {
        guard value.hasSeconds else { return }
        add(key, .string(try Self.seconds(value.seconds, of: key)))
    }

    /// A moment with six digits behind the point, as Kubernetes always writes these.
    mutating func time(_ key: String, _ value: MetaMicroTime) throws(UnreadableMessage) {
        guard value.hasSeconds else { return }
        guard (0..<1_000_000_000).contains(value.nanos) else { throw Self.noTime(key) }
        let digits = String(value.nanos / 1000)
        let fraction = String(repeating: "0", count: 6 - digits.count) + digits
        add(key, .string(try Self.seconds(value.seconds, of: key).dropLast() + ".\(fraction)Z"))
    }

    /// The moment of a field that the message declares as repeated; the last one counts.
    mutating func time(_ key: String, _ values: [MetaTime]) throws(UnreadableMessage) {
        if let value = values.last { try time(key, value) }
    }

    /// The same with fractions.
    mutating func time(_ key: String, _ values: [MetaMicroTime]) throws(UnreadableMessage) {
        if let value = values.last { try time(key, value) }
    }

    /// RFC 3339 in UTC; throws outside the years 1 to 9999.
    private static func seconds(_ seconds: Int64, of key: String) throws(UnreadableMessage) -> String {
        do {
            return String(try Google_Protobuf_Timestamp(seconds: seconds).jsonString().dropFirst().dropLast())
        } catch {
            throw noTime(key)
        }
    }

    private static func noTime(_ key: String) -> UnreadableMessage { UnreadableMessage("\(key) is no time") }
}
