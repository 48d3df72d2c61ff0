// SPDX-License-Identifier: Apache-2.0

/// The query of a call, in order; a key may stand more than once.
package struct Query: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    package struct Item: Hashable, Sendable {
        package var key: String
        package var value: String
    }

    package var items: [Item]

    package init() { items = [] }

    package init(dictionaryLiteral elements: (String, String)...) {
        items = elements.map { Item(key: $0, value: $1) }
    }

    /// With the key, unless it is there already.
    package func with(_ key: String, default value: String) -> Query {
        guard !items.contains(where: { $0.key == key }) else { return self }
        var query = self
        query.items.append(Item(key: key, value: value))
        return query
    }

    /// As it stands in an address, with the question mark; empty when there is nothing.
    package var text: String {
        guard !items.isEmpty else { return "" }
        return "?" + items.map { "\($0.key.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}

extension Query {
    /// Reads a query as it stands in an address.
    init(encoded text: some StringProtocol) {
        self.init()
        items = text.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Item(key: parts[0].percentDecoded, value: parts.count == 2 ? parts[1].percentDecoded : "")
        }
    }
}
