// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// A value while an expression runs.
///
/// Lists, maps and objects that come from JSON stay JSON and are read member by member, so that a rule on a large object
/// costs what it looks at.
package enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case timestamp(Timestamp)
    case duration(nanoseconds: Int64)
    case list(ListValue)
    case map(MapValue)
    case object(JSONObject, ObjectShape)
    case type(ValueType)
    indirect case optional(Value?)
    case extended(any ExtendedValue)
}

/// A value of a type that a library brings: a quantity, an IP address.
package protocol ExtendedValue: Sendable {
    /// As `type()` names it.
    static var typeName: String { get }
    /// Equality as `==` has it; a value of another type is never equal.
    func equals(_ other: any ExtendedValue) -> Bool
}

extension ExtendedValue where Self: Equatable {
    package func equals(_ other: any ExtendedValue) -> Bool { (other as? Self) == self }
}

extension Value {
    var type: ValueType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .timestamp: .timestamp
        case .duration: .duration
        case .list: .list(.dyn)
        case .map: .map(.dyn, .dyn)
        case .object(_, let shape): .object(shape)
        case .type: .type
        case .optional: .optional(.dyn)
        case .extended(let value): .named(Swift.type(of: value).typeName)
        }
    }

    /// A list made by an expression.
    static func list(_ elements: [Value]) -> Value { .list(ListValue(elements)) }

    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    package var string: String? { if case .string(let value) = self { value } else { nil } }
}
