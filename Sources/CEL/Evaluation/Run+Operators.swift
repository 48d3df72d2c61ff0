// SPDX-License-Identifier: Apache-2.0

extension Run {
    mutating func binary(_ operation: BinaryOperator, _ left: Node, _ right: Node) throws(EvaluationError) -> Value {
        let left = try value(of: left)
        let right = try value(of: right)
        switch operation {
        case .equal: return .bool(try areEqual(left, right))
        case .notEqual: return .bool(try !areEqual(left, right))
        case .less: return .bool(try compare(left, right).map { $0 < 0 } ?? false)
        case .lessOrEqual: return .bool(try compare(left, right).map { $0 <= 0 } ?? false)
        case .greater: return .bool(try compare(left, right).map { $0 > 0 } ?? false)
        case .greaterOrEqual: return .bool(try compare(left, right).map { $0 >= 0 } ?? false)
        case .contained: return .bool(try isContained(left, in: right))
        case .index: return try element(right, of: left)
        case .optionalIndex:
            try spend(1)
            return try optionalElement(right, of: left)
        case .add: return try sum(left, right)
        case .subtract: return try difference(left, right)
        case .multiply, .divide, .modulo:
            try spend(1)
            return try Arithmetic.scaled(operation, left, right)
        }
    }

    /// Negative, zero or positive; absent when a NaN is among them.
    mutating func compare(_ left: Value, _ right: Value) throws(EvaluationError) -> Int? {
        try spend(1)
        switch (left, right) {
        case (.string(let left), .string(let right)):
            try spend(min(left.utf8.count, right.utf8.count) / 10)
            if left.utf8.elementsEqual(right.utf8) { return 0 }
            return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        case (.bytes(let left), .bytes(let right)):
            try spend(min(left.count, right.count) / 10)
            return left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
        case (.bool(let left), .bool(let right)): return Number.order(left ? 1 : 0, right ? 1 : 0)
        case (.timestamp(let left), .timestamp(let right)): return Number.order(left, right)
        case (.duration(let left), .duration(let right)): return Number.order(left, right)
        case (.int, .int), (.int, .uint), (.int, .double), (.uint, .int), (.uint, .uint), (.uint, .double),
            (.double, .int), (.double, .uint), (.double, .double):
            return Number.compare(left, right)
        default: throw .noSuchOverload
        }
    }

    private mutating func isContained(_ element: Value, in container: Value) throws(EvaluationError) -> Bool {
        switch container {
        case .list(let list):
            for other in list where try areEqual(element, other) { return true }
            return false
        case .map(let map):
            try spend(map.lookupCost)
            return map[element] != nil
        default: throw .noSuchOverload
        }
    }

    private mutating func sum(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.string(let left), .string(let right)):
            try spend(bytes: left.utf8.count + right.utf8.count)
            return .string(left + right)
        case (.bytes(let left), .bytes(let right)):
            try spend(bytes: left.count + right.count)
            return .bytes(left + right)
        case (.list(let left), .list(let right)):
            try spend(1)
            return try joined(left, right)
        default:
            try spend(1)
            return try Arithmetic.sum(left, right)
        }
    }

    private mutating func difference(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        try spend(1)
        return try Arithmetic.difference(left, right)
    }

    mutating func negated(_ value: Value) throws(EvaluationError) -> Value {
        try spend(1)
        switch value {
        case .int(let number):
            guard number != .min else { throw .integerOverflow }
            return .int(-number)
        case .double(let number): return .double(-number)
        default: throw .noSuchOverload
        }
    }
}
