// SPDX-License-Identifier: Apache-2.0

/// A JSON value that keeps what it was given: key order, unknown fields, the spelling of numbers.
///
/// Everything that crosses a border of the house travels as this tree; typed structs are views on it.
/// Two trees are equal when they mean the same: members of objects compare without their order.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number that is exactly an `Int64` in its shortest spelling.
    case integer(Int64)
    /// Any other number, spelled as it arrived (`1.50`, `1e3`, `18446744073709551615`).
    case decimal(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON {
    /// Strings compare byte for byte: two spellings of the same accented letter are a difference that must be kept.
    package static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.decimal(let left), .decimal(let right)): left == right
        case (.string(let left), .string(let right)): left.isSpelled(like: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}

extension JSON {
    /// The member of an object; absent for every other value.
    ///
    /// Setting turns `null` into an object.
    package subscript(key: String) -> JSON? {
        get { object?[key] }
        set {
            var members = object ?? JSONObject()
            // Freed first, so that the write below does not copy the whole object.
            self = .null
            members[key] = newValue
            self = .object(members)
        }
    }

    /// The element of an array; absent for every other value and beyond its end.
    package subscript(index: Int) -> JSON? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }

    package var object: JSONObject? { if case .object(let members) = self { members } else { nil } }
    package var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    package var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
    package var isNull: Bool { self == .null }

    /// The number as a floating-point value, for every spelling.
    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .decimal(let spelling): Double(spelling)
        default: nil
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral members: (String, JSON)...) { self = .object(JSONObject(members)) }
}
