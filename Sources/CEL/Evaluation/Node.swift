// SPDX-License-Identifier: Apache-2.0

/// An expression with every name resolved, ready to run.
indirect enum Node: Sendable {
    case constant(Value)
    /// A variable, by its place in the run.
    case variable(Int)
    case member(Node, Member)
    /// Whether a member is there.
    case test(Node, Member)
    /// `a.?b`: an optional.
    case optionalMember(Node, Member)
    case not(Node)
    case negate(Node)
    case binary(BinaryOperator, Node, Node)
    case all([Node])
    case any([Node])
    case conditional(Node, Node, Node)
    case call(Function, [Node])
    case list([(node: Node, isOptional: Bool)])
    case map([(key: Node, value: Node, isOptional: Bool)])
    case loop(Loop)

    /// A name after a dot; where the type is known, the field it means.
    struct Member: Sendable {
        var name: String
        var field: ObjectShape.Field?
    }

    struct Loop: Sendable {
        var macro: Macro
        var range: Node
        /// Places of the variables.
        var places: [Int]
        var bodies: [Node]
    }
}
