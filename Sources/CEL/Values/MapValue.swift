// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// A map, from JSON or made by an expression.
package struct MapValue: Sendable {
    private enum Storage {
        case json(JSONObject, Shape)
        case values(keys: [MapKey], [MapKey: Value])
    }

    private let storage: Storage

    init(_ members: JSONObject, of values: Shape) { storage = .json(members, values) }

    /// Entries in order; absent when a key is there twice.
    init?(_ entries: [(MapKey, Value)]) {
        var values: [MapKey: Value] = [:]
        for (key, value) in entries {
            guard values.updateValue(value, forKey: key) == nil else { return nil }
        }
        storage = .values(keys: entries.map(\.0), values)
    }

    var count: Int {
        switch storage {
        case .json(let members, _): members.count
        case .values(let keys, _): keys.count
        }
    }

    /// The steps that a look-up may take: members of JSON are walked.
    var lookupCost: Int {
        switch storage {
        case .json(let members, _): 1 + members.count / 16
        case .values: 1
        }
    }

    var keys: [Value] {
        switch storage {
        case .json(let members, _): members.members.map { .string($0.key) }
        case .values(let keys, _): keys.map(\.value)
        }
    }

    /// The value under a key; absent also when no map could have such a key.
    subscript(key: Value) -> Value? {
        switch storage {
        case .json(let members, let shape):
            guard case .string(let text) = key else { return nil }
            return members[text].map { Value($0, as: shape) }
        case .values(_, let values): return MapKey(key).flatMap { values[$0] }
        }
    }

    /// Keys and values in order.
    var entries: [(key: Value, value: Value)] {
        switch storage {
        case .json(let members, let shape): members.members.map { (.string($0.key), Value($0.value, as: shape)) }
        case .values(let keys, let values): keys.compactMap { key in values[key].map { (key.value, $0) } }
        }
    }
}

/// What may be a key of a map; whole numbers are the same key whatever their type.
enum MapKey: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    /// Above every int.
    case uint(UInt64)
    case string(StringKey)

    /// Compared byte for byte.
    struct StringKey: Hashable, Sendable {
        let text: String
        static func == (left: Self, right: Self) -> Bool { left.text.isSpelled(like: right.text) }
        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    /// Absent for a value that is no key.
    init?(_ value: Value) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = Int64(exactly: value).map(MapKey.int) ?? .uint(value)
        case .double(let value):
            if let whole = Int64(exactly: value) {
                self = .int(whole)
            } else if let whole = UInt64(exactly: value) {
                self = .uint(whole)
            } else {
                return nil
            }
        case .string(let text): self = .string(StringKey(text: text))
        default: return nil
        }
    }

    var value: Value {
        switch self {
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .uint(let value): .uint(value)
        case .string(let key): .string(key.text)
        }
    }
}
