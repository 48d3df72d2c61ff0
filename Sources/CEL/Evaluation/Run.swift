// SPDX-License-Identifier: Apache-2.0

/// One evaluation: its variables, and what it has cost.
struct Run {
    private var variables: [Value]
    /// Units left; about a hundred nanoseconds each, as upstream counts them.
    private(set) var budget: Int64

    init(variables: [Value], places: Int, budget: Int64) {
        self.variables = variables + Array(repeating: .null, count: places - variables.count)
        self.budget = budget
    }

    /// Counts work that is about to be done.
    mutating func spend(_ cost: Int) throws(EvaluationError) {
        budget -= Int64(cost)
        guard budget >= 0 else { throw .costLimit }
    }

    /// Counts a walk over a text: a unit for each ten bytes.
    mutating func spend(bytes: Int) throws(EvaluationError) { try spend(1 + bytes / 10) }

    mutating func value(of node: Node) throws(EvaluationError) -> Value {
        switch node {
        case .constant(let value): return value
        case .variable(let place):
            try spend(1)
            return variables[place]
        case .member(let node, let member):
            let operand = try value(of: node)
            return try self.member(member, of: operand)
        case .test(let node, let member):
            let operand = try value(of: node)
            return .bool(try test(member, of: operand))
        case .optionalMember(let node, let member):
            let operand = try value(of: node)
            return try optionalMember(member, of: operand)
        case .not(let node): return .bool(try !condition(node))
        case .negate(let node): return try negated(value(of: node))
        case .binary(let operation, let left, let right): return try binary(operation, left, right)
        case .all(let nodes): return .bool(try decide(nodes, ends: false))
        case .any(let nodes): return .bool(try decide(nodes, ends: true))
        case .conditional(let test, let first, let second): return try value(of: condition(test) ? first : second)
        case .call(let function, let nodes): return try call(function, nodes)
        case .list(let elements): return try list(elements)
        case .map(let entries): return try map(entries)
        case .loop(let loop): return try self.loop(loop)
        }
    }

    mutating func assign(_ value: Value, to place: Int) { variables[place] = value }

    /// The value of a node that must be true or false.
    mutating func condition(_ node: Node) throws(EvaluationError) -> Bool {
        guard case .bool(let value) = try value(of: node) else { throw .noSuchOverload }
        return value
    }

    // MARK: Logic

    /// The first operand that ends the question answers it, even when others failed.
    private mutating func decide(_ nodes: [Node], ends: Bool) throws(EvaluationError) -> Bool {
        var failure: EvaluationError?
        for node in nodes {
            do throws(EvaluationError) {
                if try condition(node) == ends { return ends }
            } catch {
                if error.reason == .costLimit { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return !ends
    }

    // MARK: Calls and literals

    private mutating func call(_ function: Function, _ nodes: [Node]) throws(EvaluationError) -> Value {
        try spend(1)
        var arguments: [Value] = []
        arguments.reserveCapacity(nodes.count)
        for node in nodes { arguments.append(try value(of: node)) }
        return try function.body(&self, arguments)
    }

    private mutating func list(_ elements: [(node: Node, isOptional: Bool)]) throws(EvaluationError) -> Value {
        try spend(10)
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            let value = try value(of: element.node)
            if let kept = try element.isOptional ? Self.unwrapped(value) : value { values.append(kept) }
        }
        return .list(values)
    }

    private mutating func map(
        _ entries: [(key: Node, value: Node, isOptional: Bool)]
    ) throws(EvaluationError) -> Value {
        try spend(30)
        var pairs: [(MapKey, Value)] = []
        for entry in entries {
            guard let key = MapKey(try value(of: entry.key)) else { throw EvaluationError("unsupported key type") }
            let value = try value(of: entry.value)
            if let kept = try entry.isOptional ? Self.unwrapped(value) : value { pairs.append((key, kept)) }
        }
        guard let map = MapValue(pairs) else { throw EvaluationError("Failed with repeated key") }
        return .map(map)
    }

    /// What an optional holds.
    private static func unwrapped(_ value: Value) throws(EvaluationError) -> Value? {
        guard case .optional(let content) = value else { throw .noSuchOverload }
        return content
    }
}
