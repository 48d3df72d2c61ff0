// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Writes a tree as JSON with an indentation of two spaces.
enum JSONText {
    static func lines(_ tree: JSON) -> [String] {
        switch tree {
        case .object(let object) where !object.isEmpty:
            list(object.members.map { [JSON.string($0.key).text + ": "] + lines($0.value) }.map(joined), "{", "}")
        case .array(let elements) where !elements.isEmpty: list(elements.map(lines), "[", "]")
        default: [tree.text]
        }
    }

    private static func joined(_ member: [String]) -> [String] {
        [member[0] + member[1]] + member.dropFirst(2)
    }

    private static func list(_ items: [[String]], _ open: String, _ close: String) -> [String] {
        var lines = [open]
        for (index, item) in items.enumerated() {
            lines += item.map { "  \($0)" }
            if index + 1 < items.count { lines[lines.count - 1] += "," }
        }
        return lines + [close]
    }
}
