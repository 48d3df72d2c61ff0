// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Things of one kind by id, in the order in which they were made.
struct Table<Row: Sendable>: Sendable {
    private var rows: [String: Row] = [:]
    private(set) var ids: [String] = []

    subscript(id: String) -> Row? {
        get { rows[id] }
        set {
            if newValue == nil, rows[id] != nil { ids.removeAll { $0 == id } }
            if newValue != nil, rows[id] == nil { ids.append(id) }
            rows[id] = newValue
        }
    }

    var all: [Row] { ids.compactMap { rows[$0] } }
    var count: Int { ids.count }
}

extension Table: Codable where Row: Codable {}

extension JSON {
    func text(_ key: String) -> String { self[key]?.string ?? "" }

    /// A copy with other values for some members.
    func with(_ changes: KeyValuePairs<String, JSON>) -> JSON {
        var copy = self
        for (key, value) in changes { copy[key] = value }
        return copy
    }
}
