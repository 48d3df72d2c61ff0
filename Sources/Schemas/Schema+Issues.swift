// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Patterns
package import Resources

extension Schema {
    /// Everything that is wrong with a value, in the order of the schema's fields.
    ///
    /// The first hundred issues are named; a value with more is garbage. Values are repeated in messages only where they
    /// are short and no secret (a secret's schema says so with format `password` or `byte`).
    ///
    /// - Parameter path: where the value stands in its object; empty for the object itself.
    package func issues(in value: JSON, at path: String = "") -> [FieldIssue] {
        var check = SchemaCheck(path: FieldPath(path))
        check.check(value, self)
        return check.issues
    }

    /// The same for one member of an object, where nothing else of it was changed.
    package func issues(inMember name: String, of object: JSON) -> [FieldIssue] {
        guard let schema = member(name), let value = object[name] else { return [] }
        return schema.issues(in: value, at: name)
    }
}

/// One walk that collects what is wrong.
struct SchemaCheck {
    static let limit = 100

    var path: FieldPath
    private(set) var issues: [FieldIssue] = []

    init(path: FieldPath) { self.path = path }

    mutating func report(_ reason: FieldIssue.Reason, value: JSON? = nil, _ message: String) {
        guard issues.count < Self.limit else { return }
        issues.append(FieldIssue(path: path.text, reason: reason, value: value, message: message))
    }

    /// The same in upstream's words, which begin with the field.
    mutating func report(
        _ reason: FieldIssue.Reason, value: JSON? = nil, field: String? = nil, that words: String
    ) {
        let field = field ?? path.text
        report(reason, value: value, field.isEmpty ? words : "\(field) in body \(words)")
    }

    mutating func check(_ value: JSON, _ schema: Schema) {
        guard issues.count < Self.limit else { return }
        if value.isNull && schema.allowsNull { return }
        switch (schema.form, value) {
        case (.string, .string(let text)), (.integerOrString, .string(let text)): check(text: text, schema)
        case (.integer, .integer), (.integerOrString, .integer), (.number, .integer), (.number, .decimal):
            check(number: value, schema)
        case (.boolean, .bool): break
        case (.any, _): checkAny(value, schema)
        case (.array, .array(let elements)): check(elements: elements, schema)
        case (.object, .object(let members)): check(members: members, schema)
        default:
            let type = value.typeName
            return report(
                .typeInvalid, value: .string(type), that: "must be of type \(schema.form.typeName): \"\(type)\"")
        }
        check(allowed: value, schema)
        checkFurtherLimits(value, schema)
    }

    /// A value of any form still has the limits that fit the form it has.
    private mutating func checkAny(_ value: JSON, _ schema: Schema) {
        switch value {
        case .string(let text): check(text: text, schema)
        case .integer, .decimal: check(number: value, schema)
        case .array(let elements): check(elements: elements, schema)
        case .object(let members): check(members: members, schema)
        case .null, .bool: break
        }
    }

    private mutating func check(allowed value: JSON, _ schema: Schema) {
        guard !schema.allowed.isEmpty, !schema.allowed.contains(value) else { return }
        let words = schema.allowed.map(\.text).joined(separator: ", ")
        report(.notSupported, value: schema.shown(value), "supported values: \(words)")
    }

    // MARK: Scalars

    private mutating func check(text: String, _ schema: Schema) {
        if let limit = schema.maxLength, isLonger(text, than: limit) {
            return report(.tooLong, "may not be more than \(limit) bytes")
        }
        let shown = schema.shown(.string(text))
        if let limit = schema.minLength, limit > 0, !isLonger(text, than: limit - 1) {
            report(.invalid, value: shown, that: "should be at least \(limit) chars long")
        }
        if let pattern = schema.pattern, Pattern.compiled(pattern)?.matches(text) == false {
            report(.invalid, value: shown, that: "should match '\(pattern)'")
        }
        if let format = schema.format.flatMap(Format.init(rawValue:)), !format.allows(text) {
            let end = shown.map { ": \($0.text)" } ?? ""
            // Upstream names the last member only.
            let field = path.text.split(separator: ".").last.map(String.init)
            report(.typeInvalid, value: shown, field: field, that: "must be of type \(format.rawValue)\(end)")
        }
    }

    private func isLonger(_ text: String, than limit: Int) -> Bool {
        // A text never has more scalars than bytes, so most need no counting.
        text.utf8.count > limit && text.unicodeScalars.count > limit
    }

    private mutating func check(number value: JSON, _ schema: Schema) {
        guard let number = value.number else { return }
        let shown = schema.shown(value)
        if let issue = schema.rangeIssue(number) {
            report(.invalid, value: shown, that: issue)
        } else if schema.format == "int32", value.integer.map({ Int32(exactly: $0) == nil }) ?? true {
            report(.invalid, value: shown, that: "must fit in 32 bits")
        } else if let step = schema.multipleOf, step > 0, number.remainder(dividingBy: step) != 0 {
            report(.invalid, value: shown, that: "should be a multiple of \(JSON(limit: step).text)")
        }
    }

    // MARK: Lists

    private mutating func check(elements: [JSON], _ schema: Schema) {
        if let limit = schema.maxItems, elements.count > limit {
            return report(.tooMany, value: .count(elements), "must have at most \(limit) items")
        }
        if let limit = schema.minItems, elements.count < limit {
            report(.invalid, value: .count(elements), that: "should have at least \(limit) items")
        }
        guard let items = schema.items.first else { return }
        var seen: Set<[JSON?]> = []
        for (index, element) in elements.enumerated() {
            path.push(index)
            if let key = schema.listType.key(of: element), !seen.insert(key).inserted {
                report(.duplicate, value: schema.shown(key: key), "")
            }
            check(element, items)
            path.pop()
        }
    }

    // MARK: Objects

    private mutating func check(members: JSONObject, _ schema: Schema) {
        if let limit = schema.maxProperties, members.count > limit {
            return report(.tooMany, value: .count(members.members), "must have at most \(limit) items")
        }
        if let limit = schema.minProperties, members.count < limit {
            report(.invalid, value: .count(members.members), that: "should have at least \(limit) properties")
        }
        let named = schema.namedMembers
        for property in named {
            path.push(property.name)
            if let value = members[property.name] {
                check(value, property.schema)
            } else if schema.required.contains(property.name) {
                report(.required, property.schema.demand)
            }
            path.pop()
        }
        for name in schema.required where members[name] == nil && !named.contains(where: { $0.name == name }) {
            path.push(name)
            report(.required, "")
            path.pop()
        }
        for member in members.members where !named.contains(where: { $0.name == member.key }) {
            path.push(member.key)
            if let values = schema.additionalProperties.first {
                check(member.value, values)
            } else if schema.form == .object, !schema.preservesUnknownFields {
                report(.forbidden, "unknown field")
            }
            path.pop()
        }
    }
}

extension JSON {
    /// How many there are.
    fileprivate static func count(_ elements: [some Any]) -> JSON { .integer(Int64(elements.count)) }
}
