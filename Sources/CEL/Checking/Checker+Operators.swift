// SPDX-License-Identifier: Apache-2.0

extension Checker {
    static func noOverload(
        _ name: String, _ arguments: [ValueType], isMethod: Bool = false, at position: Int
    ) -> SyntaxError {
        let target = isMethod ? arguments.first.map { "\($0)." } ?? "" : ""
        let list = arguments.dropFirst(isMethod ? 1 : 0).map(\.description).joined(separator: ", ")
        return SyntaxError("found no matching overload for '\(name)' applied to '\(target)(\(list))'", at: position)
    }

    mutating func unary(
        _ sign: UnaryOperator, _ operand: Expression, at position: Int
    ) throws(SyntaxError) -> Checked {
        let (node, type) = try check(operand)
        guard let result = sign.signatures.result(for: [type]) else {
            throw Self.noOverload(sign.rawValue, [type], at: position)
        }
        return (sign == .not ? .not(node) : .negate(node), result)
    }

    mutating func binary(
        _ operation: BinaryOperator, _ left: Expression, _ right: Expression, at position: Int
    ) throws(SyntaxError) -> Checked {
        let (left, leftType) = try check(left)
        let (right, rightType) = try check(right)
        guard let result = operation.signatures.result(for: [leftType, rightType]) else {
            throw Self.noOverload(operation.rawValue, [leftType, rightType], at: position)
        }
        return (.binary(operation, left, right), result)
    }

    mutating func logical(
        _ isAnd: Bool, _ operands: [Expression], at position: Int
    ) throws(SyntaxError) -> Checked {
        var nodes: [Node] = []
        var types: [ValueType] = []
        for operand in operands {
            let (node, type) = try check(operand)
            nodes.append(node)
            types.append(type)
        }
        if let wrong = types.firstIndex(where: { $0 != .bool && $0 != .dyn }) {
            let pair = wrong == 0 ? Array(types.prefix(2)) : [.bool, types[wrong]]
            throw Self.noOverload(isAnd ? "_&&_" : "_||_", pair, at: position)
        }
        return (isAnd ? .all(nodes) : .any(nodes), .bool)
    }

    mutating func conditional(
        _ test: Expression, _ first: Expression, _ second: Expression, at position: Int
    ) throws(SyntaxError) -> Checked {
        let (test, testType) = try check(test)
        let (first, firstType) = try check(first)
        let (second, secondType) = try check(second)
        let types = [testType, firstType, secondType]
        guard let result = Self.choice.result(for: types) else {
            throw Self.noOverload("_?_:_", types, at: position)
        }
        return (.conditional(test, first, second), result)
    }

    private static let choice: Signature = "(bool, A, A) -> A"

    // MARK: Literals

    mutating func list(_ elements: [Expression.Element]) throws(SyntaxError) -> Checked {
        var nodes: [(node: Node, isOptional: Bool)] = []
        var common = CommonType(mayDiffer: allowsMixedLiterals)
        for element in elements {
            let (node, type) = try check(element.value)
            nodes.append((node, element.isOptional))
            try common.add(type, isOptional: element.isOptional, at: element.value.position)
        }
        return (.list(nodes), .list(common.type))
    }

    mutating func map(_ entries: [Expression.Entry]) throws(SyntaxError) -> Checked {
        var nodes: [(key: Node, value: Node, isOptional: Bool)] = []
        var keys = CommonType(mayDiffer: allowsMixedLiterals)
        var values = CommonType(mayDiffer: allowsMixedLiterals)
        for entry in entries {
            let (key, keyType) = try check(entry.key)
            let (value, valueType) = try check(entry.value)
            nodes.append((key, value, entry.isOptional))
            try keys.add(keyType, isOptional: false, at: entry.key.position)
            try values.add(valueType, isOptional: entry.isOptional, at: entry.value.position)
        }
        return (.map(nodes), .map(keys.type, values.type))
    }
}

/// The one type that the elements of a literal must share.
private struct CommonType {
    let mayDiffer: Bool
    private var found: ValueType?
    var type: ValueType { found ?? .dyn }

    init(mayDiffer: Bool) { self.mayDiffer = mayDiffer }

    mutating func add(_ type: ValueType, isOptional: Bool, at position: Int) throws(SyntaxError) {
        var type = type
        if isOptional {
            switch type {
            case .optional(let content): type = content
            case .dyn: break
            default: throw SyntaxError("expected type 'optional_type(\(type))' but found '\(type)'", at: position)
            }
        }
        guard let known = found else { return found = type }
        var bindings = TypeBindings()
        guard bindings.accepts(type, as: known) || bindings.accepts(known, as: type) else {
            if mayDiffer { return found = .dyn }
            throw SyntaxError("expected type '\(known)' but found '\(type)'", at: position)
        }
        if type == .dyn || known == .null { found = type }
    }
}
