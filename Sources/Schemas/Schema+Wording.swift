// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Schema {
    /// What stands there now, as the end of a message; nothing for a long or secret value.
    func mention(_ value: JSON) -> String {
        guard !Format.hidesValue(format) else { return "" }
        let text = value.text
        return text.utf8.count > 80 ? "" : "; is \(text)"
    }

    /// The key of a list's element, as the end of a message.
    func mention(key: [JSON?]) -> String {
        guard let items = items.first, !Format.hidesValue(items.format) else { return "" }
        guard case .map(let names) = listType else { return key.first.flatMap { $0 }.map(items.mention) ?? "" }
        let isSecret = names.contains { Format.hidesValue(items.member($0)?.format) }
        let texts = zip(names, key).compactMap { name, value in value.map { "\(name) \($0.text)" } }
        let text = texts.joined(separator: ", ")
        return isSecret || text.utf8.count > 160 ? "" : "; has \(text)"
    }

    /// That a member must be given, with the first sentence of its description as the remedy.
    var demand: String {
        guard let sentence = description.split(separator: ".", maxSplits: 1).first, sentence.utf8.count < 120 else {
            return "is required"
        }
        return "is required: \(sentence.prefix(1).lowercased())\(sentence.dropFirst())"
    }

    var rangeRemedy: String {
        switch (minimum, maximum) {
        case (let least?, nil) where isMinimumExclusive: "must be greater than \(JSON(limit: least).text)"
        case (nil, let most?) where isMaximumExclusive: "must be less than \(JSON(limit: most).text)"
        case (let least?, let most?): "must be from \(JSON(limit: least).text) to \(JSON(limit: most).text)"
        case (let least?, nil): "must be at least \(JSON(limit: least).text)"
        case (nil, let most?): "must be at most \(JSON(limit: most).text)"
        case (nil, nil): "must be a number"
        }
    }
}

extension Schema.Form {
    var article: String {
        switch self {
        case .string: "a string"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .object: "an object"
        case .array: "a list"
        case .integerOrString: "a whole number or a string"
        case .any: "anything"
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

    var article: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer, .decimal: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// The text without quotes, other values as JSON.
    var plainText: String { string ?? text }
}
