// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// One step from a value to a value inside it, as managed fields write it.
///
/// https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
package enum PathElement: Sendable {
    /// A member of an object: `f:name`.
    case field(String)
    /// The element of a list map that has these keys, sorted by name: `k:{"name":"a"}`.
    case key([KeyField])
    /// An element of a set: `v:"a"`.
    case value(JSON)
    /// An element by its place: `i:3`.
    case index(Int)

    /// One of the fields that tell the elements of a list map apart.
    package struct KeyField: Sendable {
        package let name: String
        package let value: JSON

        package init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }
}

// MARK: - Order

extension PathElement: Comparable, Hashable {
    package static func < (left: PathElement, right: PathElement) -> Bool { left.order(to: right) < 0 }
    package static func == (left: PathElement, right: PathElement) -> Bool { left.order(to: right) == 0 }

    /// Below zero when this one stands first, zero when both are one element: fields, keys, values, places.
    func order(to other: PathElement) -> Int {
        switch (self, other) {
        case (.field(let left), .field(let right)): left.byteOrder(to: right)
        case (.key(let left), .key(let right)): Self.order(left, right)
        case (.value(let left), .value(let right)): left.order(to: right)
        case (.index(let left), .index(let right)): left - right
        default: rank - other.rank
        }
    }

    private var rank: Int {
        switch self {
        case .field: 0
        case .key: 1
        case .value: 2
        case .index: 3
        }
    }

    private static func order(_ left: [KeyField], _ right: [KeyField]) -> Int {
        for (left, right) in zip(left, right) {
            let names = left.name.byteOrder(to: right.name)
            if names != 0 { return names }
            let values = left.value.order(to: right.value)
            if values != 0 { return values }
        }
        return left.count - right.count
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(rank)
        switch self {
        case .field(let name): hasher.combine(name)
        case .key(let fields): for field in fields { field.value.hashMeaning(into: &hasher) }
        case .value(let value): value.hashMeaning(into: &hasher)
        case .index(let index): hasher.combine(index)
        }
    }
}

// MARK: - As conflicts name it

extension PathElement: CustomStringConvertible {
    /// As a path in an error has it: `.name`, `[name="a"]`, `[="a"]`, `[3]`.
    package var description: String {
        switch self {
        case .field(let name): ".\(name)"
        case .key(let fields): "[" + fields.map { "\($0.name)=\($0.value.text)" }.joined(separator: ",") + "]"
        case .value(let value): "[=\(value.text)]"
        case .index(let index): "[\(index)]"
        }
    }
}
