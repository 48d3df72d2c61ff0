// SPDX-License-Identifier: Apache-2.0

import CEL
import JSONTree
import Patterns

extension FuzzTarget {
    /// A rule: once checked, it gives a value within its limit or an error, and the same one twice.
    static let cel = FuzzTarget(
        name: "cel",
        words: [
            "self", ".name", ".items", ".all(x, ", ".map(x, ", "size(", "matches(", "has(", "? ", ": ", " in ", "dyn(",
            "optional.of(", "b'a'", "1u", "-9223372036854775808", ".sum()", "duration('1h')", "timestamp(", "quantity(",
        ]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return .refused }
        guard let program = try? Program(text, variables: [Variable("self", CEL.Shape.object(shape).type)]) else {
            return .refused
        }
        let limit: Int64 = 20_000
        let first = program.run([Value(object, as: .object(shape))], limit: limit)
        let second = program.run([Value(object, as: .object(shape))], limit: limit)
        try hold("a rule costs the same each time", first.cost == second.cost)
        try hold("a cost is not negative", first.cost >= 0)
        if case .success = first.result { try hold("what succeeds stays within its limit", first.cost <= limit) }
        return .accepted
    }

    /// A pattern and below it a text: it is matched in time that grows with both, and found when it matches.
    static let patterns = FuzzTarget(
        name: "patterns",
        words: ["(a+)+", "[^a]", "{2,3}", "{1000}", "\\d", "\\pL", "(?i:", "|", ".*", "^", "$", "\\b"]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return .refused }
        let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let pattern = try? Pattern(lines[0]) else { return .refused }
        let subject = lines.count > 1 ? lines[1] : ""
        var examined = 0
        let match = pattern.firstMatch(in: Array(subject.unicodeScalars), from: 0, examined: &examined)
        try hold("a text is found exactly when it matches", pattern.matches(subject) == (match != nil))
        return .accepted
    }

    private static let shape = ObjectShape(
        name: "object",
        fields: [
            .init(key: "name", shape: .string), .init(key: "size", shape: .int), .init(key: "on", shape: .bool),
            .init(key: "tags", shape: .list(.string, .set)), .init(key: "labels", shape: .map(.string)),
            .init(key: "items", shape: .list(.object(item), .map(keys: ["name"]))), .init(key: "any", shape: .dyn),
        ])
    private static let item = ObjectShape(
        name: "object", fields: [.init(key: "name", shape: .string), .init(key: "value", shape: .int)])
    private static let object: JSON = [
        "name": "web", "size": 3, "on": true, "tags": ["x", "y"], "labels": ["a": "1"],
        "items": [["name": "one", "value": 1], ["name": "two"]], "any": ["k": [1, "2", .null]],
    ]
}
