// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Resources

extension KindVersion {
    /// The cells of an object's row in a Table: its name, the given columns, its age.
    ///
    /// - Parameter now: seconds since 1970.
    package func cells(of object: JSON, now: Int64) -> [JSON] {
        let metadata = object["metadata"] ?? .null
        let cells = [metadata["name"] ?? ""] + columns.map { $0.cell(of: object, now: now) }
        guard showsAge else { return cells }
        return cells + [Column.dateCell(metadata["creationTimestamp"], now: now) ?? "<unknown>"]
    }

    /// `columnDefinitions` of a Table, one for each cell.
    ///
    /// https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
    package var columnDefinitions: JSON {
        let name = Column("Name", path: JSONPath([]), description: "Unique in its namespace.")
        let age = Column("Age", path: JSONPath([]), description: "Time since it was created.")
        let own =
            columns.map { $0.tableDefinition(format: $0.format) } + (showsAge ? [age.tableDefinition(format: "")] : [])
        return .array([name.tableDefinition(format: "name")] + own)
    }
}

extension Column {
    fileprivate func tableDefinition(format: String) -> JSON {
        [
            "name": .string(name), "type": .string(type), "format": .string(format),
            "description": .string(description), "priority": JSON(count: priority),
        ]
    }

    /// The value as its type says; null when nothing stands there or it is of another type.
    fileprivate func cell(of object: JSON, now: Int64) -> JSON {
        switch value {
        case .count(let path): JSON(count: path.values(in: object).reduce(0) { $0 + $1.memberCount })
        case .path(let path): cell(of: path.values(in: object), now: now)
        }
    }

    private func cell(of found: [JSON], now: Int64) -> JSON {
        let found = found.filter { !$0.isNull }
        guard let first = found.first else { return .null }
        return switch type {
        case "integer": first.integer.map(JSON.integer) ?? .null
        case "number": first.number == nil ? .null : first
        case "boolean": first.bool.map(JSON.bool) ?? .null
        case "date": Self.dateCell(first, now: now) ?? .null
        default: .string(found.map(\.plainText).joined(separator: ","))
        }
    }

    /// The time since then; absent when nothing stands there.
    fileprivate static func dateCell(_ value: JSON?, now: Int64) -> JSON? {
        guard let text = value?.string else { return nil }
        guard let then = Timestamp(text) else { return "<invalid>" }
        return .string(humanDuration(seconds: now - then.seconds))
    }
}

extension JSON {
    fileprivate var memberCount: Int { array?.count ?? object?.count ?? 0 }
}
