// SPDX-License-Identifier: Apache-2.0

extension Parser {
    /// A call, or what a macro of that name makes of it.
    ///
    /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros
    func call(
        _ name: String, on target: Expression?, _ arguments: [Expression], at position: Int
    ) throws(SyntaxError) -> Expression {
        if name == "has", target == nil, arguments.count == 1 { return try test(arguments[0], at: position) }
        if let target, let loop = try loop(name, over: target, arguments) {
            return try make(.loop(loop), at: position)
        }
        return try make(.call(name, target: target, arguments: arguments), at: position)
    }

    private func test(_ argument: Expression, at position: Int) throws(SyntaxError) -> Expression {
        guard case .select(let operand, let name, .plain) = argument.form else {
            throw SyntaxError("invalid argument to has() macro", at: argument.position)
        }
        return try make(.select(operand, name, .test), at: position)
    }

    /// Absent when the name and the number of arguments are those of no macro.
    private func loop(
        _ name: String, over range: Expression, _ arguments: [Expression]
    ) throws(SyntaxError) -> Expression.Loop? {
        guard let macro = Macro(name: name), let names = macro.names(arguments.count) else { return nil }
        if macro == .existsOne, name == "existsOne", names == 1 { return nil }
        var variables: [String] = []
        for argument in arguments.prefix(names) {
            guard case .identifier(let variable) = argument.form else {
                throw SyntaxError("argument must be a simple name", at: argument.position)
            }
            variables.append(variable)
        }
        if names == 2, variables[0] == variables[1] {
            throw SyntaxError("the two variables must have different names", at: arguments[1].position)
        }
        return Expression.Loop(
            macro: macro, range: range, variables: variables, bodies: Array(arguments.dropFirst(names)))
    }
}

extension Macro {
    /// How many of so many arguments are names of variables; absent when the macro does not take so many.
    fileprivate func names(_ count: Int) -> Int? {
        switch (self, count) {
        case (.all, 2), (.exists, 2), (.existsOne, 2), (.filter, 2), (.map, 2), (.map, 3): 1
        case (.optMap, 2), (.optFlatMap, 2): 1
        case (.all, 3), (.exists, 3), (.existsOne, 3): 2
        case (.transformList, 3), (.transformList, 4), (.transformMap, 3), (.transformMap, 4): 2
        default: nil
        }
    }
}
