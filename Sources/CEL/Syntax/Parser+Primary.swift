// SPDX-License-Identifier: Apache-2.0

extension Parser {
    /// What stands alone: a literal, a name, a call, a list, a map, brackets.
    mutating func primary() throws(SyntaxError) -> Expression {
        let start = token
        switch start.form {
        case .integer(let magnitude):
            guard let value = Int64(exactly: magnitude) else {
                throw SyntaxError("invalid int literal", at: start.position)
            }
            return try literal(.int(value))
        case .unsigned(let value): return try literal(.uint(value))
        case .floating(let value): return try literal(.double(value))
        case .string(let text): return try literal(.string(text))
        case .bytes(let bytes): return try literal(.bytes(bytes))
        case .identifier(let name): return try identifier(name)
        case .symbol(.dot):
            advance()
            guard case .identifier(let name) = token.form else { throw unexpected("a name") }
            return try identifier(name)
        case .symbol(.openParenthesis):
            advance()
            let inner = try expression()
            try expect(.closeParenthesis)
            return inner
        case .symbol(.openBracket):
            advance()
            return try make(.list(elements(until: .closeBracket, mayBeOptional: true)), at: start.position)
        case .symbol(.openBrace):
            advance()
            return try make(.map(entries()), at: start.position)
        case .symbol, .end: throw unexpected("a value")
        }
    }

    private mutating func literal(_ value: Value) throws(SyntaxError) -> Expression {
        let position = token.position
        advance()
        return try make(.literal(value), at: position)
    }

    private mutating func identifier(_ name: String) throws(SyntaxError) -> Expression {
        let position = token.position
        advance()
        switch name {
        case "true": return try make(.literal(.bool(true)), at: position)
        case "false": return try make(.literal(.bool(false)), at: position)
        case "null": return try make(.literal(.null), at: position)
        default: break
        }
        guard !Words.reserved.contains(name) else {
            throw SyntaxError("reserved identifier: \(name)", at: position)
        }
        let open = token.position
        if skip(.openParenthesis) {
            let arguments = try elements(until: .closeParenthesis, mayBeOptional: false).map(\.value)
            return try call(name, on: nil, arguments, at: open)
        }
        return try make(.identifier(name), at: position)
    }

    /// What follows a value: members, calls and indices, as many as there are.
    mutating func members(of value: Expression) throws(SyntaxError) -> Expression {
        var value = value
        while true {
            let position = token.position
            if skip(.dot) {
                value = try member(of: value, at: position)
            } else if skip(.openBracket) {
                let isOptional = skip(.question)
                let index = try expression()
                try expect(.closeBracket)
                value = try make(.binary(isOptional ? .optionalIndex : .index, value, index), at: position)
            } else if token.form == .symbol(.openBrace), let name = value.dottedName {
                advance()
                _ = try fields()
                value = try make(.message(name), at: position)
            } else {
                return value
            }
        }
    }

    private mutating func member(of value: Expression, at position: Int) throws(SyntaxError) -> Expression {
        let isOptional = skip(.question)
        guard case .identifier(let name) = token.form, !Words.literals.contains(name) else {
            throw unexpected("the name of a member")
        }
        advance()
        let open = token.position
        guard !isOptional, skip(.openParenthesis) else {
            return try make(.select(value, name, isOptional ? .optional : .plain), at: position)
        }
        let arguments = try elements(until: .closeParenthesis, mayBeOptional: false).map(\.value)
        return try call(name, on: value, arguments, at: open)
    }

    // MARK: Between brackets

    private mutating func elements(
        until close: Token.Symbol, mayBeOptional: Bool
    ) throws(SyntaxError) -> [Expression.Element] {
        var elements: [Expression.Element] = []
        while !skip(close) {
            let isOptional = mayBeOptional && skip(.question)
            elements.append(Expression.Element(value: try expression(), isOptional: isOptional))
            guard !skip(.comma) else {
                // Only a list may end in a comma.
                if !mayBeOptional, token.form == .symbol(close) { throw unexpected("a value") }
                continue
            }
            try expect(close)
            break
        }
        return elements
    }

    private mutating func entries() throws(SyntaxError) -> [Expression.Entry] {
        var entries: [Expression.Entry] = []
        while !skip(.closeBrace) {
            let isOptional = skip(.question)
            let key = try expression()
            try expect(.colon)
            entries.append(Expression.Entry(key: key, value: try expression(), isOptional: isOptional))
            guard !skip(.comma) else { continue }
            try expect(.closeBrace)
            break
        }
        return entries
    }

    /// The fields of a message, which no declared type takes: read, so that the error is about the type.
    private mutating func fields() throws(SyntaxError) -> [Expression] {
        var fields: [Expression] = []
        while !skip(.closeBrace) {
            _ = skip(.question)
            guard case .identifier = token.form else { throw unexpected("the name of a field") }
            advance()
            try expect(.colon)
            fields.append(try expression())
            guard !skip(.comma) else { continue }
            try expect(.closeBrace)
            break
        }
        return fields
    }
}

extension Expression {
    /// `a.b.c` where it is nothing but names.
    var dottedName: String? {
        switch form {
        case .identifier(let name): name
        case .select(let operand, let name, .plain): operand.dottedName.map { "\($0).\(name)" }
        default: nil
        }
    }
}
