// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Schema {
    /// The value as a message may show it; absent for a long or secret one.
    func shown(_ value: JSON) -> JSON? {
        guard !Format.hidesValue(format) else { return nil }
        return value.text.utf8.count > 128 ? nil : value
    }

    /// The key of a list's element as a message may show it.
    func shown(key: [JSON?]) -> JSON? {
        guard let items = items.first, !Format.hidesValue(items.format) else { return nil }
        guard case .map(let names) = listType else { return key.first.flatMap { $0 }.flatMap(items.shown) }
        guard !names.contains(where: { Format.hidesValue(items.member($0)?.format) }) else { return nil }
        let members = zip(names, key).compactMap { name, value in value.map { (name, $0) } }
        return items.shown(.object(JSONObject(members)))
    }

    /// What a member is that must be given: the first sentence of its description, as the remedy.
    var demand: String {
        guard let sentence = description.split(separator: ".", maxSplits: 1).first, sentence.utf8.count < 120 else {
            return ""
        }
        let isWord = sentence.dropFirst().first?.isLowercase ?? true
        return isWord ? "\(sentence.prefix(1).lowercased())\(sentence.dropFirst())" : String(sentence)
    }

    /// What is wrong with a number outside the limits; absent for one within.
    func rangeIssue(_ number: Double) -> String? {
        if let least = minimum, isMinimumExclusive ? number <= least : number < least {
            return "should be greater than \(isMinimumExclusive ? "" : "or equal to ")\(JSON(limit: least).text)"
        }
        if let most = maximum, isMaximumExclusive ? number >= most : number > most {
            return "should be less than \(isMaximumExclusive ? "" : "or equal to ")\(JSON(limit: most).text)"
        }
        return nil
    }
}

extension Schema.Form {
    /// As upstream's messages name it.
    var typeName: String {
        switch self {
        case .string: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .object: "object"
        case .array: "array"
        case .integerOrString: "integer,string"
        case .any: "any"
        }
    }
}

extension Schema.ListType {
    /// What must be unique about an element; absent when nothing must.
    func key(of element: JSON) -> [JSON?]? {
        switch self {
        case .unspecified, .atomic: nil
        case .set: [element]
        case .map(let keys): element.object.map { members in keys.map { members[$0] } }
        }
    }
}

extension JSON {
    /// A limit of a schema as a number; a whole one is written as such.
    init(limit: Double) { self = Int64(exactly: limit).map(JSON.integer) ?? .decimal("\(limit)") }

    /// The text without quotes, other values as JSON.
    var plainText: String { string ?? text }
}
