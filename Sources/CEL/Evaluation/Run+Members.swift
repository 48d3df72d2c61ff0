// SPDX-License-Identifier: Apache-2.0

extension Run {
    mutating func member(_ member: Node.Member, of operand: Value) throws(EvaluationError) -> Value {
        if case .optional = operand { return try optionalMember(member, of: operand) }
        guard let value = try find(member, in: operand) else { throw .noSuchKey(member.name) }
        return value
    }

    mutating func test(_ member: Node.Member, of operand: Value) throws(EvaluationError) -> Bool {
        guard case .optional(let content) = operand else { return try find(member, in: operand) != nil }
        guard let content else { return false }
        return try find(member, in: content) != nil
    }

    mutating func optionalMember(_ member: Node.Member, of operand: Value) throws(EvaluationError) -> Value {
        guard case .optional(let content) = operand else { return .optional(try find(member, in: operand)) }
        guard let content else { return operand }
        return .optional(try find(member, in: content))
    }

    private mutating func find(_ member: Node.Member, in operand: Value) throws(EvaluationError) -> Value? {
        try spend(1)
        switch operand {
        case .object(let members, let shape):
            guard let field = member.field ?? shape.fields[member.name] else { return nil }
            return Value.member(field.key, of: members, as: field.shape)
        case .map(let map):
            try spend(map.lookupCost - 1)
            return map[.string(member.name)]
        default: throw .noSuchOverload
        }
    }

    // MARK: Index

    mutating func element(_ index: Value, of operand: Value) throws(EvaluationError) -> Value {
        try spend(1)
        if case .optional = operand { return try optionalElement(index, of: operand) }
        if let value = try find(index, in: operand) { return value }
        if case .list = operand, case .int(let place)? = Self.whole(index) { throw .indexOutOfBounds(place) }
        throw .noSuchKey(TextForm.text(of: index) ?? "")
    }

    mutating func optionalElement(_ index: Value, of operand: Value) throws(EvaluationError) -> Value {
        guard case .optional(let content) = operand else { return .optional(try find(index, in: operand)) }
        guard let content else { return operand }
        return .optional(try find(index, in: content))
    }

    private mutating func find(_ index: Value, in operand: Value) throws(EvaluationError) -> Value? {
        switch operand {
        case .list(let list):
            guard case .int(let place)? = Self.whole(index) else { throw .noSuchOverload }
            return place >= 0 && place < Int64(list.count) ? list[Int(place)] : nil
        case .map(let map):
            try spend(map.lookupCost)
            return map[index]
        default: throw .noSuchOverload
        }
    }

    /// A whole number of any type as an int.
    private static func whole(_ value: Value) -> Value? {
        switch value {
        case .int: value
        case .uint(let number): Int64(exactly: number).map(Value.int)
        case .double(let number): Int64(exactly: number).map(Value.int)
        default: nil
        }
    }
}
