// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import Resources
package import Stores

/// Where the next page of a list begins, and the moment that all its pages show.
package struct ContinueToken: Hashable, Sendable {
    /// Zero for a list that goes on at the newest moment, because its own is forgotten.
    package let revision: Revision
    /// The last key of the page before.
    package let key: StoreKey

    /// The token for what follows `key` at `revision`.
    package init(revision: Revision, key: StoreKey) {
        self.revision = revision
        self.key = key
    }

    /// Reads a token that a client brings back; throws `APIError.badRequest` unless it was made for the same list.
    package init(_ text: String, within prefix: StorePrefix) throws(APIError) {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        let decoded = Data(base64Encoded: padded).flatMap { String(validating: $0, as: UTF8.self) }
        let parts = decoded?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? []
        guard parts.count == 3, parts[0] == "1", let revision = Int64(parts[1]), revision >= 0,
            let key = StoreKey(text: parts[2])
        else { throw APIError(.badRequest, "invalid continue token: it must be sent back as the list gave it") }
        guard prefix.contains(key) else {
            throw APIError(.badRequest, "invalid continue token: it belongs to a list of another path")
        }
        self.init(revision: Revision(revision), key: key)
    }

    package var text: String {
        Data("1\n\(revision.value)\n\(key.text)".utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
