// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// How a service's lists filter and page.
struct Listing {
    /// The member that holds the list: `networks`.
    let collection: String
    /// Without host: `/network/v2.0/networks`.
    let path: String

    /// The page that the call asks for; a page that is full links to the next.
    func answer(_ objects: [JSON], _ call: Call) -> Answer {
        let (page, next) = page(objects, call)
        var body: JSON = [collection: .array(page)]
        if let next { body["\(collection)_links"] = [["rel": "next", "href": .string("{base}\(path)?\(next)")]] }
        return Answer(200, body)
    }

    /// The page, and the query of the one after it.
    func page(_ objects: [JSON], _ call: Call) -> (page: [JSON], next: String?) {
        var rest = objects[...]
        if let marker = call.value("marker"), let index = rest.firstIndex(where: { $0["id"]?.string == marker }) {
            rest = rest[(index + 1)...]
        }
        guard let limit = call.value("limit").flatMap({ Int($0) }), limit > 0, rest.count >= limit else {
            return (Array(rest), nil)
        }
        let page = Array(rest.prefix(limit))
        var query = call.query.filter { $0.key != "marker" }.map { "\($0.key)=\($0.value.queryEncoded)" }
        query.append("marker=\(page.last?["id"]?.string ?? "")")
        return (page, query.joined(separator: "&"))
    }
}

extension JSON {
    /// Whether the member has one of the values, as text; members that the thing does not have filter nothing.
    func passes(_ key: String, _ values: [String]) -> Bool {
        guard let member = self[key] else { return true }
        switch member {
        case .string(let text): return values.contains(text)
        case .bool(let value): return values.contains { ["true", "1"].contains($0.lowercased()) == value }
        case .integer(let value): return values.contains(String(value))
        case .null: return values.contains("")
        case .array(let elements):
            let words = Set(elements.compactMap(\.string))
            return values.allSatisfy { $0.split(separator: ",").allSatisfy { words.contains(String($0)) } }
        default: return true
        }
    }
}

extension String {
    fileprivate var queryEncoded: String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)
        return utf8.map { byte in
            if plain.contains(byte) { return String(decoding: [byte], as: UTF8.self) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" + digits : digits)
        }.joined()
    }
}
