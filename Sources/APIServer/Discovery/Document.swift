// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// A document that is printed once and served many times, with a tag that changes when it does.
package struct Document: Sendable {
    package let bytes: [UInt8]
    package let contentType: String
    /// Hexadecimal; says only whether two documents are the same.
    package let hash: String

    /// Prints the tree and tags it.
    package init(_ tree: JSON, contentType: String = "application/json") {
        self.init(tree.bytes, contentType: contentType)
    }

    /// Tags what is printed already.
    package init(_ bytes: [UInt8], contentType: String) {
        self.bytes = bytes
        self.contentType = contentType
        var (first, second) = (UInt64(0xcbf2_9ce4_8422_2325), UInt64(0x9e37_79b9_7f4a_7c15))
        for byte in bytes {
            // FNV-1a from two starting points: enough to notice a change, and nothing here is a secret.
            first = (first ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            second = (second ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        hash = String(first, radix: 16, uppercase: true) + String(second, radix: 16, uppercase: true)
    }

    /// The document of `/api` as a client hears it that knows the server by this host and port.
    func naming(server: String) -> Document {
        let none = #""serverAddressByClientCIDRs":[]"#
        let text = String(decoding: bytes, as: UTF8.self)
        guard !server.isEmpty, text.contains(none) else { return self }
        let addresses: JSON = [["clientCIDR": "0.0.0.0/0", "serverAddress": .string(server)]]
        let named = text.replacing(none, with: #""serverAddressByClientCIDRs":\#(addresses.text)"#)
        return Document(Array(named.utf8), contentType: contentType)
    }

    package var etag: String { "\"\(hash)\"" }

    /// Whether an `If-None-Match` header names what the document is now (RFC 9110, section 13.1.2).
    package func isKnown(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { tag in
            let tag = tag.drop { $0 == " " }.prefix { $0 != " " }
            return tag == "*" || (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag) == etag
        }
    }
}
