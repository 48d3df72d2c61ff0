// SPDX-License-Identifier: Apache-2.0

/// Resolves the names of an expression and finds out its type.
///
/// The first problem ends it; its words are upstream's, because people search for them.
struct Checker {
    typealias Checked = (node: Node, type: ValueType)

    /// Variables in reach, the innermost last.
    private var scope: [(name: String, type: ValueType, place: Int)]
    /// How many variables may live at once.
    private(set) var places: Int
    /// Declared variables that the expression reads.
    private(set) var used: Set<String> = []
    /// Whether the elements of a literal may differ in type, as what is put into a text does.
    var allowsMixedLiterals = false

    init(_ variables: [Variable]) {
        scope = variables.enumerated().map { ($1.name, $1.type, $0) }
        places = variables.count
    }

    mutating func check(_ expression: Expression) throws(SyntaxError) -> Checked {
        let position = expression.position
        switch expression.form {
        case .literal(let value): return (.constant(value), value.type)
        case .identifier(let name): return try identifier(name, at: position)
        case .select(let operand, let name, let access):
            return try select(name, of: operand, access, in: expression)
        case .call(let name, let target, let arguments): return try call(name, on: target, arguments, at: position)
        case .unary(let sign, let operand): return try unary(sign, operand, at: position)
        case .binary(let operation, let left, let right): return try binary(operation, left, right, at: position)
        case .logical(let isAnd, let operands): return try logical(isAnd, operands, at: position)
        case .conditional(let test, let first, let second): return try conditional(test, first, second, at: position)
        case .list(let elements): return try list(elements)
        case .map(let entries): return try map(entries)
        case .message(let name): throw Self.undeclared(name, at: position)
        case .loop(let loop): return try self.loop(loop)
        }
    }

    // MARK: Names

    static func undeclared(_ name: String, at position: Int) -> SyntaxError {
        SyntaxError("undeclared reference to '\(name)' (in container '')", at: position)
    }

    func isVariable(_ name: String) -> Bool { scope.contains { $0.name == name } }

    private mutating func identifier(_ name: String, at position: Int) throws(SyntaxError) -> Checked {
        if let variable = scope.last(where: { $0.name == name }) {
            used.insert(name)
            return (.variable(variable.place), variable.type)
        }
        if let type = ValueType.nameable[name] { return (.constant(.type(type)), .type) }
        throw Self.undeclared(name, at: position)
    }

    private mutating func select(
        _ name: String, of operand: Expression, _ access: Expression.Access, in expression: Expression
    ) throws(SyntaxError) -> Checked {
        if let path = expression.dottedName, let root = path.split(separator: ".").first, !isVariable(String(root)),
            let type = ValueType.nameable[path]
        {
            return (.constant(.type(type)), .type)
        }
        let (node, type) = try check(operand)
        let isOptional = if case .optional = type { true } else { access == .optional }
        let content = if case .optional(let content) = type { content } else { type }
        let (field, result) = try member(name, of: content, at: expression.position)
        let member = Node.Member(name: name, field: field)
        switch access {
        case .test: return (.test(node, member), .bool)
        case .optional: return (.optionalMember(node, member), .optional(result))
        case .plain: return (.member(node, member), isOptional ? .optional(result) : result)
        }
    }

    private func member(
        _ name: String, of type: ValueType, at position: Int
    ) throws(SyntaxError) -> (ObjectShape.Field?, ValueType) {
        switch type {
        case .dyn: return (nil, .dyn)
        case .map(_, let value): return (nil, value)
        case .object(let shape):
            guard let field = shape.fields[name] else {
                throw SyntaxError("undefined field '\(name)'", at: position)
            }
            return (field, field.shape.type)
        default: throw SyntaxError("type '\(type)' does not support field selection", at: position)
        }
    }

    // MARK: Variables of loops

    mutating func loop(_ loop: Expression.Loop) throws(SyntaxError) -> Checked {
        let (range, rangeType) = try check(loop.range)
        let types = try loop.macro.variableTypes(over: rangeType, loop.variables.count, at: loop.range.position)
        let depth = scope.count
        defer { scope.removeLast(scope.count - depth) }
        for (name, type) in zip(loop.variables, types) { scope.append((name, type, scope.count)) }
        places = max(places, scope.count)
        let wasUsed = used
        var bodies: [Checked] = []
        for body in loop.bodies { bodies.append(try check(body)) }
        // A loop's variable hides a declared one of the same name.
        for name in loop.variables where !wasUsed.contains(name) { used.remove(name) }
        if loop.macro.hasCondition(bodies.count), let (_, type) = bodies.first, type != .bool, type != .dyn {
            throw SyntaxError("expected type 'bool' but found '\(type)'", at: loop.bodies[0].position)
        }
        let result = try loop.macro.result(over: rangeType, bodies.last?.type ?? .dyn, at: loop.range.position)
        let node = Node.Loop(
            macro: loop.macro, range: range, places: Array(depth..<scope.count), bodies: bodies.map(\.node))
        return (.loop(node), result)
    }
}

extension Macro {
    /// Whether the first of so many bodies decides something.
    fileprivate func hasCondition(_ bodies: Int) -> Bool {
        switch self {
        case .all, .exists, .existsOne, .filter: true
        case .map, .transformList, .transformMap: bodies == 2
        case .optMap, .optFlatMap: false
        }
    }

    fileprivate func variableTypes(
        over range: ValueType, _ count: Int, at position: Int
    ) throws(SyntaxError) -> [ValueType] {
        switch (range, self) {
        case (.optional(let content), .optMap), (.optional(let content), .optFlatMap): return [content]
        case (.dyn, _): return Array(repeating: .dyn, count: count)
        case (_, .optMap), (_, .optFlatMap):
            throw SyntaxError("expected type 'optional_type' but found '\(range)'", at: position)
        case (.list(let element), _): return count == 1 ? [element] : [.int, element]
        case (.map(let key, let value), _): return count == 1 ? [key] : [key, value]
        default:
            let need = "(must be list, map, or dynamic)"
            throw SyntaxError("expression of type '\(range)' cannot be range of a comprehension \(need)", at: position)
        }
    }

    fileprivate func result(
        over range: ValueType, _ body: ValueType, at position: Int
    ) throws(SyntaxError) -> ValueType {
        switch self {
        case .all, .exists, .existsOne: return .bool
        case .map, .transformList: return .list(body)
        case .optMap: return .optional(body)
        case .optFlatMap: return body
        case .transformMap:
            let key: ValueType =
                if case .map(let key, _) = range { key } else if case .list = range { .int } else { .dyn }
            return .map(key, body)
        case .filter:
            switch range {
            case .list: return range
            case .map(let key, _): return .list(key)
            default: return .list(.dyn)
            }
        }
    }
}
