// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// A place where an answer is not the recorded one.
struct Difference {
    /// As a JSON pointer into `{status, headers, body}`.
    let pointer: String
    /// Absent when that is not there.
    let recorded: JSON?
    let actual: JSON?

    var description: String {
        "\(pointer): \(recorded.map(\.text) ?? "nothing") was recorded, we say \(actual.map(\.text) ?? "nothing")"
    }
}

/// Compares answers whole.
struct Comparison {
    var placeholders: Placeholders
    private(set) var differences: [Difference] = []

    init(_ placeholders: Placeholders) { self.placeholders = placeholders }

    /// Finds what differs between a recorded tree and ours.
    mutating func compare(_ recorded: JSON?, _ actual: JSON?, at pointer: String) {
        switch (recorded, actual) {
        case (.object(let left)?, .object(let right)?):
            let keys = left.keys + right.keys.filter { left[$0] == nil }
            for key in keys {
                let token = key.replacing("~", with: "~0").replacing("/", with: "~1")
                compareMember(left, right, key, at: "\(pointer)/\(token)")
            }
        case (.array(let left)?, .array(let right)?) where left.count == right.count:
            for index in left.indices { compare(left[index], right[index], at: "\(pointer)/\(index)") }
        case (.string(let left)?, .string(let right)?):
            if !placeholders.matches(left, right) { note(recorded, actual, pointer) }
        case (let left?, let right?) where left.means(right): return
        case (nil, nil): return
        default: note(recorded, actual, pointer)
        }
    }

    /// A member's name may hold a placeholder, too.
    private mutating func compareMember(_ left: JSONObject, _ right: JSONObject, _ key: String, at pointer: String) {
        compare(left[key], right[placeholders.filled(key)] ?? right[key], at: pointer)
    }

    private mutating func note(_ recorded: JSON?, _ actual: JSON?, _ pointer: String) {
        differences.append(Difference(pointer: pointer, recorded: recorded, actual: actual))
    }
}
