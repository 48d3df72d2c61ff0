// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Columns of text, as wide as their longest cell, three spaces apart; nothing is wrapped or cut.
struct TextTable: Sendable {
    let header: [String]
    var rows: [[String]] = []
    /// Wide enough for rows that come later, as a watch needs it.
    var widths: [Int]

    init(_ header: [String], rows: [[String]] = []) {
        self.header = header
        self.rows = rows
        widths = header.map(\.count)
        rows.forEach { widen(for: $0) }
    }

    mutating func widen(for row: [String]) {
        for (index, cell) in row.enumerated() where index < widths.count {
            widths[index] = max(widths[index], cell.count)
        }
    }

    var lines: [String] { [line(header)] + rows.map(line) }

    func line(_ row: [String]) -> String {
        var text = ""
        for (index, cell) in row.enumerated() {
            text += cell
            guard index + 1 < row.count else { break }
            text += String(repeating: " ", count: max(0, widths[index] - cell.count) + 3)
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}

/// A server's `Table` answer; the columns that stay from its first page on.
struct ServerTable: Sendable {
    /// The places of the columns that are shown, in the order of the server.
    private let columns: [Int]
    let header: [String]
    let showsNamespace: Bool

    /// Wide shows every column; otherwise those of priority 0.
    init(_ tree: JSON, isWide: Bool, showsNamespace: Bool) {
        let definitions = tree["columnDefinitions"]?.array ?? []
        columns = definitions.indices.filter { isWide || (definitions[$0]["priority"]?.integer ?? 0) == 0 }
        let names = columns.map { definitions[$0]["name"]?.string?.uppercased() ?? "" }
        header = (showsNamespace ? ["NAMESPACE"] : []) + names
        self.showsNamespace = showsNamespace
    }

    func rows(_ tree: JSON) -> [[String]] { (tree["rows"]?.array ?? []).map(row) }

    private func row(_ tree: JSON) -> [String] {
        let cells = tree["cells"]?.array ?? []
        let texts = columns.map { cells.indices.contains($0) ? Self.text(cells[$0]) : "" }
        let namespace = tree["object"]?["metadata"]?["namespace"]?.string ?? ""
        return (showsNamespace ? [namespace] : []) + texts
    }

    private static func text(_ cell: JSON) -> String {
        switch cell {
        case .null: "<none>"
        case .string(let text): text.isEmpty ? "<none>" : text.split(separator: "\n").joined(separator: " ")
        default: cell.text
        }
    }
}
