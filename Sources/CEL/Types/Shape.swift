// SPDX-License-Identifier: Apache-2.0

/// How a JSON value reads as a value of CEL: what a schema says of its types, and no more.
///
/// https://kubernetes.io/docs/reference/using-api/cel/#type-system-integration
package indirect enum Shape: Hashable, Sendable {
    /// Read as it stands: whole numbers as int, other numbers as double, objects as maps.
    case dyn
    case bool
    case int
    case double
    case string
    /// Base64 text.
    case bytes
    /// A date and time, or a date alone.
    case timestamp
    case duration
    case list(Shape, ListKind)
    case map(Shape)
    case object(ObjectShape)

    /// What a list means beyond its order.
    package enum ListKind: Hashable, Sendable {
        case atomic
        case set
        /// Elements are told apart by these fields.
        case map(keys: [String])
    }

    /// The static type of such a value.
    package var type: ValueType {
        switch self {
        case .dyn: .dyn
        case .bool: .bool
        case .int: .int
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .timestamp: .timestamp
        case .duration: .duration
        case .list(let element, _): .list(element.type)
        case .map(let value): .map(.string, value.type)
        case .object(let shape): .object(shape)
        }
    }
}

/// The fields of an object, by the names under which expressions reach them.
package final class ObjectShape: Sendable {
    package struct Field: Sendable {
        /// The key in JSON, which an expression may have to escape.
        package let key: String
        package let shape: Shape

        package init(key: String, shape: Shape) {
            self.key = key
            self.shape = shape
        }
    }

    let name: String
    let fields: [String: Field]
    /// By the keys of JSON, for walks over an object's members.
    let shapes: [String: Shape]

    /// Fields whose name no expression can write are left out of reach.
    package init(name: String, fields: [Field]) {
        self.name = name
        self.fields = Dictionary(
            fields.compactMap { field in Words.escaped(field.key).map { ($0, field) } }, uniquingKeysWith: { $1 })
        shapes = Dictionary(fields.map { ($0.key, $0.shape) }, uniquingKeysWith: { $1 })
    }
}

extension ObjectShape: Hashable {
    /// Each node of a schema is a type of its own.
    package static func == (left: ObjectShape, right: ObjectShape) -> Bool { left === right }
    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
