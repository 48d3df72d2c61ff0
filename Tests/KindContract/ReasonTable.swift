// SPDX-License-Identifier: Apache-2.0

/// The reasons that a kind's README explains.
enum ReasonTable {
    /// The words in backticks that fill the column headed `Reason` of any table.
    static func reasons(in readme: String) -> Set<String> {
        var reasons: Set<String> = []
        var column: Int?
        for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                column = nil
                continue
            }
            let cells = line.split(separator: "|").map { trimmed($0) }
            guard let index = column else {
                column = cells.firstIndex { $0.lowercased() == "reason" } ?? cells.count
                continue
            }
            guard index < cells.count else { continue }
            reasons.formUnion(words(in: cells[index]))
        }
        return reasons
    }

    private static func words(in cell: Substring) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}
