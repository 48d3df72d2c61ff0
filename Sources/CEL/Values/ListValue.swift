// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// A list, from JSON or made by an expression.
package struct ListValue: Sendable {
    private enum Storage {
        case json([JSON], Shape)
        case values([Value])
    }

    private let storage: Storage
    /// What the list means beyond its order; an expression's own list is atomic.
    let kind: Shape.ListKind

    init(_ elements: [Value], kind: Shape.ListKind = .atomic) {
        storage = .values(elements)
        self.kind = kind
    }

    init(_ elements: [JSON], of shape: Shape, kind: Shape.ListKind) {
        storage = .json(elements, shape)
        self.kind = kind
    }
}

extension ListValue: RandomAccessCollection {
    package var startIndex: Int { 0 }

    package var endIndex: Int {
        switch storage {
        case .json(let elements, _): elements.count
        case .values(let elements): elements.count
        }
    }

    package subscript(position: Int) -> Value {
        switch storage {
        case .json(let elements, let shape): Value(elements[position], as: shape)
        case .values(let elements): elements[position]
        }
    }
}
