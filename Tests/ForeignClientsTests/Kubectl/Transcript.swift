// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Makes what a command printed comparable: names take the place of what differs from run to run.
enum Transcript {
    static func lines(_ output: String) -> [String] {
        var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map { normalized(String($0)) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func normalized(_ line: String) -> String {
        var line = line.replacingOccurrences(of: "\t", with: "  ")
        for (pattern, replacement) in rules {
            line = line.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
        }
        return line
    }

    private static let rules: [(String, String)] = [
        ("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UID"),
        (#"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+ -]+\d\d:?\d\d)"#, "TIME"),
        (#"\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}"#, "TIME"),
        (#"(resourceVersion"?: ?"?|Resource Version: +)\d+"#, "$1REVISION"),
        (#"(127\.0\.0\.1|localhost):\d+"#, "SERVER"),
        // The columns of a table are as wide as the widest cell.
        (#"(?<=\S) {2,}"#, "  "),
        (#"(?<=  )(\d+[hm])?\d+[smhd](?=  |$)"#, "AGE"),
        (#"/tmp/\S*?((LIVE|MERGED)-|kubectl-edit-)\d+"#, "/tmp/$1"),
        (#"\bv1\.\d+\.\d+\+scs-[0-9.]+"#, "VERSION"),
        (" +$", ""),
    ]
}
