// SPDX-License-Identifier: Apache-2.0

/// A parsed text, with what the tree cannot show.
package struct ParsedJSON: Hashable, Sendable {
    package let tree: JSON
    /// Paths of members that stood more than once, like `spec.networks[0].name`; the last one won.
    ///
    /// Holds the first 100.
    package let duplicateKeys: [String]

    /// A tree that was made here and not parsed has no key twice.
    package init(tree: JSON, duplicateKeys: [String] = []) {
        self.tree = tree
        self.duplicateKeys = duplicateKeys
    }
}

extension JSON {
    /// Reads a JSON text (RFC 8259), strictly: UTF-8, no trailing commas, no lone surrogates, nothing after the value.
    ///
    /// Key order and the spelling of numbers are kept. Of members with the same key the last wins.
    package init(parsing bytes: [UInt8], limits: ParseLimits = .standard) throws(JSONError) {
        self = try Self.parse(bytes, limits: limits).tree
    }

    /// Reads a JSON text that is at hand as a string.
    package init(parsing text: String, limits: ParseLimits = .standard) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// Reads a JSON text and says which keys stood twice, for clients that asked for strict validation.
    package static func parse(_ bytes: [UInt8], limits: ParseLimits = .standard) throws(JSONError) -> ParsedJSON {
        guard bytes.count <= limits.bytes else { throw JSONError(.tooLarge(limit: limits.bytes), at: limits.bytes) }
        var parser = JSONParser(limits: limits)
        let tree = try parser.document(bytes.span)
        return ParsedJSON(tree: tree, duplicateKeys: parser.duplicates)
    }
}
