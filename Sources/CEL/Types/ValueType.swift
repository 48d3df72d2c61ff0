// SPDX-License-Identifier: Apache-2.0

/// The type of an expression, as far as it is known before it runs.
package indirect enum ValueType: Hashable, Sendable {
    /// Known only when it runs.
    case dyn
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case timestamp
    case duration
    /// A type as a value: `type(1)`.
    case type
    case list(ValueType)
    case map(ValueType, ValueType)
    /// An object with known fields.
    case object(ObjectShape)
    case optional(ValueType)
    /// A type of a library: `kubernetes.Quantity`.
    case named(String)
    /// A place in a function's signature that takes any type, the same at each place of that name.
    case parameter(String)
}

extension ValueType: CustomStringConvertible {
    /// As error messages and `type()` write it.
    package var description: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .type: "type"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .object(let shape): shape.name
        case .optional(let value): "optional_type(\(value))"
        case .named(let name), .parameter(let name): name
        }
    }

    /// The name that `type()` gives; its parameters are left out.
    var runtimeName: String {
        switch self {
        case .null: "null_type"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .list: "list"
        case .map: "map"
        case .optional: "optional_type"
        default: description
        }
    }

    /// Types that stand for themselves in an expression: `type(self) == string`.
    static let nameable: [String: ValueType] = {
        let types: [ValueType] = [
            .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .list(.dyn),
            .map(.dyn, .dyn), .optional(.dyn), .named("net.IP"), .named("net.CIDR"), .named("kubernetes.URL"),
            .named("kubernetes.Quantity"), .named("kubernetes.NamedFormat"), .named("kubernetes.Semver"),
        ]
        return Dictionary(uniqueKeysWithValues: types.map { ($0.runtimeName, $0) })
    }()
}

/// What the parameters of a signature turned out to be.
struct TypeBindings {
    private var bound: [String: ValueType] = [:]

    /// Whether a value of a type may stand where another is wanted; binds parameters on the way.
    mutating func accepts(_ actual: ValueType, as wanted: ValueType) -> Bool {
        switch (wanted, actual) {
        case (.parameter(let name), _): return bind(name, to: actual)
        case (.dyn, _), (_, .dyn): return true
        case (.list(let wanted), .list(let actual)), (.optional(let wanted), .optional(let actual)):
            return accepts(actual, as: wanted)
        case (.map(let wantedKey, let wantedValue), .map(let key, let value)):
            return accepts(key, as: wantedKey) && accepts(value, as: wantedValue)
        case (.object, .null), (.named, .null), (.optional, .null), (.timestamp, .null), (.duration, .null): return true
        default: return wanted == actual
        }
    }

    private mutating func bind(_ name: String, to actual: ValueType) -> Bool {
        guard let known = bound[name] else {
            bound[name] = actual
            return true
        }
        if accepts(actual, as: known) {
            if actual == .dyn { bound[name] = .dyn }
            return true
        }
        // What came first may be the special one: `null`, or a list of nothing.
        guard accepts(known, as: actual) else { return false }
        bound[name] = actual
        return true
    }

    /// The type with its parameters filled in; those that nothing decided are `dyn`.
    func resolved(_ type: ValueType) -> ValueType {
        switch type {
        case .parameter(let name): bound[name] ?? .dyn
        case .list(let element): .list(resolved(element))
        case .map(let key, let value): .map(resolved(key), resolved(value))
        case .optional(let value): .optional(resolved(value))
        default: type
        }
    }
}
