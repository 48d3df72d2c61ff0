// SPDX-License-Identifier: Apache-2.0

extension Checker {
    mutating func call(
        _ name: String, on target: Expression?, _ arguments: [Expression], at position: Int
    ) throws(SyntaxError) -> Checked {
        let table = FunctionTable.standard
        guard let target else {
            guard let function = table.global(name) else { throw Self.undeclared(name, at: position) }
            return try call(function, arguments, at: position)
        }
        if let path = target.dottedName, let root = path.split(separator: ".").first, !isVariable(String(root)),
            let function = table.global("\(path).\(name)")
        {
            return try call(function, arguments, at: position)
        }
        guard let function = table.method(name) else {
            // The target's own problem comes first, as it does upstream.
            _ = try check(target)
            throw Self.undeclared(name, at: position)
        }
        return try call(function, [target] + arguments, at: position)
    }

    private mutating func call(
        _ function: Function, _ arguments: [Expression], at position: Int
    ) throws(SyntaxError) -> Checked {
        var nodes: [Node] = []
        var types: [ValueType] = []
        let wasMixed = allowsMixedLiterals
        allowsMixedLiterals = wasMixed || function.name == "format"
        defer { allowsMixedLiterals = wasMixed }
        for argument in arguments {
            let (node, type) = try check(argument)
            nodes.append(node)
            types.append(type)
        }
        guard let result = function.signatures.result(for: types) else {
            throw Self.noOverload(function.name, types, isMethod: function.isMethod, at: position)
        }
        return (.call(function, nodes), result)
    }
}
