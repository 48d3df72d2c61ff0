// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

/// Collects the members of one JSON object, and leaves out what says nothing.
///
/// Go's clients put every field into protobuf that is no pointer, empty or not, so what is empty was most often not
/// given at all. What is a pointer there is written when the message has it, whatever it holds.
struct FormWriter {
    private var members: [JSONObject.Member] = []

    var tree: JSON { .object(JSONObject(distinct: members)) }

    mutating func add(_ key: String, _ value: JSON) { members.append(.init(key: key, value: value)) }

    mutating func text(_ key: String, _ value: String) {
        if !value.isEmpty { add(key, .string(value)) }
    }

    mutating func text(_ key: String, _ value: String, isGiven: Bool) {
        if isGiven { add(key, .string(value)) }
    }

    mutating func number(_ key: String, _ value: some FixedWidthInteger & SignedInteger) {
        if value != 0 { add(key, .integer(Int64(value))) }
    }

    mutating func number(_ key: String, _ value: some FixedWidthInteger & SignedInteger, isGiven: Bool) {
        if isGiven { add(key, .integer(Int64(value))) }
    }

    mutating func flag(_ key: String, _ value: Bool, isGiven: Bool) {
        if isGiven { add(key, .bool(value)) }
    }

    mutating func texts(_ key: String, _ values: [String]) {
        if !values.isEmpty { add(key, .array(values.map(JSON.string))) }
    }

    mutating func texts(_ key: String, _ values: [String: String]) {
        table(key, values.mapValues(JSON.string))
    }

    /// Bytes by name, each in base64.
    mutating func bytes(_ key: String, _ values: [String: Data]) {
        table(key, values.mapValues { .string($0.base64EncodedString()) })
    }

    /// Members of any name; sorted, for a protobuf map has no order.
    mutating func table(_ key: String, _ values: [String: JSON]) {
        guard !values.isEmpty else { return }
        let sorted = values.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: $0.value) }
        add(key, .object(JSONObject(distinct: sorted)))
    }

    /// A part that is left out when nothing is in it.
    mutating func part(_ key: String, _ value: some JSONForm) throws(UnreadableMessage) {
        let tree = try Self.tree(of: value)
        if tree.object?.isEmpty == false { add(key, tree) }
    }

    /// The same of a part that the message declares as repeated; the last one counts.
    mutating func part(_ key: String, _ values: [some JSONForm]) throws(UnreadableMessage) {
        if let value = values.last { try part(key, value) }
    }

    /// A part declared as repeated that means something even when nothing is in it.
    mutating func givenPart(_ key: String, _ values: [some JSONForm]) throws(UnreadableMessage) {
        if let value = values.last { try part(key, value, isGiven: true) }
    }

    /// A part that means something even when nothing is in it.
    mutating func part(_ key: String, _ value: some JSONForm, isGiven: Bool) throws(UnreadableMessage) {
        if isGiven { add(key, try Self.tree(of: value)) }
    }

    mutating func parts(_ key: String, _ values: [some JSONForm]) throws(UnreadableMessage) {
        var trees: [JSON] = []
        for value in values { trees.append(try Self.tree(of: value)) }
        if !trees.isEmpty { add(key, .array(trees)) }
    }

    private static func tree(of value: some JSONForm) throws(UnreadableMessage) -> JSON {
        var writer = FormWriter()
        try value.write(to: &writer)
        return writer.tree
    }
}
