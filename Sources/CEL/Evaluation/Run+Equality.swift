// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Run {
    /// Equality as `==` has it: numbers by value, lists by kind, values of different types never.
    mutating func areEqual(_ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
        try spend(1)
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.int(let left), .int(let right)): return left == right
        case (.string(let left), .string(let right)):
            guard left.utf8.count == right.utf8.count else { return false }
            try spend(left.utf8.count / 10)
            return left.isSpelled(like: right)
        case (.bytes(let left), .bytes(let right)):
            try spend(min(left.count, right.count) / 10)
            return left == right
        case (.timestamp(let left), .timestamp(let right)): return left == right
        case (.duration(let left), .duration(let right)): return left == right
        case (.type(let left), .type(let right)): return left.runtimeName == right.runtimeName
        case (.list(let left), .list(let right)): return try areEqual(left, right)
        case (.map(let left), .map(let right)): return try areEqual(left, right)
        case (.object(let left, let shape), .object(let right, _)): return try areEqual(left, right, shape)
        case (.optional(let left?), .optional(let right?)): return try areEqual(left, right)
        case (.optional(nil), .optional(nil)): return true
        case (.extended(let left), .extended(let right)): return left.equals(right)
        default: return Number.compare(left, right) == 0
        }
    }

    private mutating func areEqual(_ left: ListValue, _ right: ListValue) throws(EvaluationError) -> Bool {
        guard left.count == right.count else { return false }
        let kind = left.kind == .atomic ? right.kind : left.kind
        guard kind == .atomic else { return try haveSameElements(left, Array(right), kind) }
        for index in left.indices where try !areEqual(left[index], right[index]) { return false }
        return true
    }

    private mutating func haveSameElements(
        _ left: ListValue, _ right: [Value], _ kind: Shape.ListKind
    ) throws(EvaluationError) -> Bool {
        for element in left {
            guard let place = try place(of: element, in: right, kind), try areEqual(element, right[place]) else {
                return false
            }
        }
        return true
    }

    private mutating func areEqual(_ left: MapValue, _ right: MapValue) throws(EvaluationError) -> Bool {
        guard left.count == right.count else { return false }
        for (key, value) in left.entries {
            try spend(right.lookupCost)
            guard let other = right[key], try areEqual(value, other) else { return false }
        }
        return true
    }

    private mutating func areEqual(
        _ left: JSONObject, _ right: JSONObject, _ shape: ObjectShape
    ) throws(EvaluationError) -> Bool {
        try spend(left.count)
        guard left.count == right.count else { return false }
        for member in left.members {
            try spend(1 + right.count / 32)
            let type = shape.shapes[member.key] ?? .dyn
            guard let other = right[member.key], try areEqual(Value(member.value, as: type), Value(other, as: type))
            else { return false }
        }
        return true
    }

    // MARK: Lists with a meaning

    /// Where the element stands that a list of this kind takes for the same.
    mutating func place(
        of element: Value, in elements: [Value], _ kind: Shape.ListKind
    ) throws(EvaluationError) -> Int? {
        for (index, other) in elements.enumerated() where try areSame(element, other, kind) { return index }
        return nil
    }

    private mutating func areSame(
        _ left: Value, _ right: Value, _ kind: Shape.ListKind
    ) throws(EvaluationError) -> Bool {
        guard case .map(let keys) = kind, case .object(let left, let shape) = left, case .object(let right, _) = right
        else { return try areEqual(left, right) }
        for key in keys {
            let type = shape.shapes[key] ?? .dyn
            switch (Value.member(key, of: left, as: type), Value.member(key, of: right, as: type)) {
            case (nil, nil): continue
            case (let left?, let right?): if try !areEqual(left, right) { return false }
            default: return false
            }
        }
        return true
    }

    /// `+` on lists: a set keeps what is new, a map overwrites what has the same keys.
    mutating func joined(_ left: ListValue, _ right: ListValue) throws(EvaluationError) -> Value {
        try spend((left.count + right.count) / 10)
        var result = Array(left)
        guard left.kind != .atomic else { return .list(result + right) }
        for element in right {
            if let place = try place(of: element, in: result, left.kind) {
                if left.kind != .set { result[place] = element }
            } else {
                result.append(element)
            }
        }
        return .list(ListValue(result, kind: left.kind))
    }
}
