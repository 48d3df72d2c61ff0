// SPDX-License-Identifier: Apache-2.0

import JSONTree
import YAMLTree

extension FuzzTarget {
    /// A body of JSON: what is taken is printed so that it reads back as the same tree, and the same bytes.
    static let json = FuzzTarget(name: "json", words: [#""a":"#, "null", "1e400", "-0", #"\ud83d"#, #"\u0000"#]) {
        bytes in
        guard let tree = try? JSON(parsing: bytes) else { return .refused }
        let printed = tree.bytes
        let again = try? JSON(parsing: printed, limits: .stored)
        try hold("a printed tree parses to itself", again == tree)
        try hold("a tree is printed the same way each time", again?.bytes == printed)
        try hold("a tree means what it means", tree.means(tree))
        return .accepted
    }

    /// A manifest: what is taken is printed so that it reads back with the same meaning.
    static let yaml = FuzzTarget(
        name: "yaml", words: ["- ", "a: ", "---\n", "\n  ", "|\n", "!!str ", "yes", "0x1F", "<<: ", "? ", "&a ", "*a"]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return .refused }
        guard let trees = try? YAML.documents(text) else { return .refused }
        for tree in trees {
            let printed = YAML.lines(tree).map { "\($0)\n" }.joined()
            let again = try? YAML.documents(printed)
            try hold("a printed document reads back: \(printed.prefix(200))", again?.count == 1)
            try hold("a printed document means the same: \(printed.prefix(200))", again?.first?.means(tree) == true)
        }
        return .accepted
    }
}
