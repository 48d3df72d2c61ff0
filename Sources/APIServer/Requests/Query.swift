// SPDX-License-Identifier: Apache-2.0

package import Resources

/// The parameters behind a path's question mark, in their order.
package struct Query: Hashable, Sendable {
    private struct Item: Hashable {
        let name: String
        let value: String
    }

    private var items: [Item]

    /// Reads a query as it was sent; throws `APIError.badRequest` for a broken escape.
    package init(_ text: String) throws(APIError) {
        items = []
        for part in text.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = halves[0].percentDecoded(plusIsSpace: true),
                let value = (halves.count > 1 ? halves[1] : "").percentDecoded(plusIsSpace: true)
            else { throw APIError(.badRequest, "invalid URL escape in query parameter \"\(part)\"") }
            items.append(Item(name: name, value: value))
        }
    }

    /// The first value of that name; an empty one counts as absent.
    package subscript(name: String) -> String? {
        items.first { $0.name == name }.flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    /// Whether the parameter is there, even without a value.
    package func has(_ name: String) -> Bool { items.contains { $0.name == name } }

    /// Every value of that name, empty ones too.
    package func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    /// A whole number; throws `APIError.badRequest` for anything else.
    package func integer(_ name: String) throws(APIError) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text) else {
            throw APIError(.badRequest, "query parameter \"\(name)\" must be a whole number, is \"\(text.shortened)\"")
        }
        return number
    }

    /// Present and neither `0` nor `false`, as upstream reads its flags.
    package func flag(_ name: String) -> Bool {
        guard let item = items.first(where: { $0.name == name }) else { return false }
        return !["0", "false"].contains(item.value.lowercased())
    }
}

extension String {
    /// At most 64 characters of what a client sent, for an error text.
    var shortened: String { count > 64 ? prefix(64) + "…" : self }
}
