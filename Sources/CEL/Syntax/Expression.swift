// SPDX-License-Identifier: Apache-2.0

/// An expression as it reads, with macros already opened.
struct Expression: Sendable {
    let form: Form
    /// Scalars before the place that errors point at: the operator, the dot or the opening bracket.
    let position: Int
    /// The longest way down; bounded, because checking and evaluating walk it.
    let depth: Int

    indirect enum Form: Sendable {
        case literal(Value)
        case identifier(String)
        case select(Expression, String, Access)
        case call(String, target: Expression?, arguments: [Expression])
        case unary(UnaryOperator, Expression)
        case binary(BinaryOperator, Expression, Expression)
        /// `a && b && c` is one node, so that long chains are not deep.
        case logical(isAnd: Bool, [Expression])
        case conditional(Expression, Expression, Expression)
        case list([Element])
        case map([Entry])
        case message(String)
        case loop(Loop)
    }

    /// How a member is asked for.
    enum Access { case plain, test, optional }

    struct Element: Sendable {
        var value: Expression
        var isOptional: Bool
    }

    struct Entry: Sendable {
        var key: Expression
        var value: Expression
        var isOptional: Bool
    }

    /// A macro that walks a list or a map.
    struct Loop: Sendable {
        var macro: Macro
        var range: Expression
        /// One name for the element or key; two for index and element or key and value.
        var variables: [String]
        /// The condition, or a filter before the transformation, or the transformation alone.
        var bodies: [Expression]
    }

    init(_ form: Form, at position: Int) {
        self.form = form
        self.position = position
        depth = 1 + (form.children.lazy.map(\.depth).max() ?? 0)
    }
}

/// What a loop makes of its elements.
enum Macro: String, Sendable {
    case all, exists, existsOne, map, filter, transformList, transformMap, optMap, optFlatMap

    init?(name: String) {
        self.init(rawValue: name == "exists_one" ? "existsOne" : name)
    }
}

enum UnaryOperator: String, Sendable {
    case not = "!_"
    case negate = "-_"
}

/// Named as error messages write it.
enum BinaryOperator: String, Sendable {
    case less = "_<_"
    case lessOrEqual = "_<=_"
    case greater = "_>_"
    case greaterOrEqual = "_>=_"
    case equal = "_==_"
    case notEqual = "_!=_"
    case contained = "@in"
    case add = "_+_"
    case subtract = "_-_"
    case multiply = "_*_"
    case divide = "_/_"
    case modulo = "_%_"
    case index = "_[_]"
    case optionalIndex = "_[?_]"
}

extension Expression.Form {
    var children: [Expression] {
        switch self {
        case .literal, .identifier, .message: []
        case .select(let operand, _, _), .unary(_, let operand): [operand]
        case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
        case .binary(_, let left, let right): [left, right]
        case .logical(_, let operands): operands
        case .conditional(let condition, let first, let second): [condition, first, second]
        case .list(let elements): elements.map(\.value)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .loop(let loop): [loop.range] + loop.bodies
        }
    }
}
