// SPDX-License-Identifier: Apache-2.0

/// Reads tokens as an expression.
///
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
struct Parser {
    /// Limits on what a user may write; upstream's are the same but for the brackets, of which it allows 250.
    static let longest = 100_000
    static let deepest = 250
    static let mostBrackets = 100

    private let tokens: [Token]
    private var index = 0
    private var brackets = 0

    private init(_ tokens: [Token]) { self.tokens = tokens }

    static func parse(_ source: String) throws(SyntaxError) -> Expression {
        guard source.unicodeScalars.count <= longest else {
            throw SyntaxError("expression code point size exceeds limit: \(longest)", at: 0)
        }
        var parser = Parser(try Lexer.tokens(source))
        let expression = try parser.expression()
        guard parser.token.form == .end else { throw parser.unexpected() }
        return expression
    }

    // MARK: Tokens

    var token: Token { tokens[index] }

    mutating func skip(_ symbol: Token.Symbol) -> Bool {
        guard token.form == .symbol(symbol) else { return false }
        index += 1
        return true
    }

    mutating func expect(_ symbol: Token.Symbol) throws(SyntaxError) {
        guard skip(symbol) else { throw unexpected("'\(symbol.rawValue)'") }
    }

    /// Steps over a token that was looked at.
    mutating func advance() { if index + 1 < tokens.count { index += 1 } }

    func unexpected(_ wanted: String = "an operator or the end") -> SyntaxError {
        let found = token.form == .end ? "the end" : "this"
        return SyntaxError("Syntax error: expected \(wanted), found \(found)", at: token.position)
    }

    func make(_ form: Expression.Form, at position: Int) throws(SyntaxError) -> Expression {
        let expression = Expression(form, at: position)
        guard expression.depth <= Self.deepest else {
            throw SyntaxError("expression is nested deeper than \(Self.deepest)", at: position)
        }
        return expression
    }

    // MARK: Operators

    mutating func expression() throws(SyntaxError) -> Expression {
        brackets += 1
        defer { brackets -= 1 }
        guard brackets <= Self.mostBrackets else {
            throw SyntaxError("expression is nested deeper than \(Self.mostBrackets) brackets", at: token.position)
        }
        let condition = try either()
        let position = token.position
        guard skip(.question) else { return condition }
        let first = try either()
        try expect(.colon)
        let second = try expression()
        return try make(.conditional(condition, first, second), at: position)
    }

    private mutating func either() throws(SyntaxError) -> Expression {
        let first = try both()
        guard token.form == .symbol(.or) else { return first }
        let position = token.position
        var operands = [first]
        while skip(.or) { operands.append(try both()) }
        return try make(.logical(isAnd: false, operands), at: position)
    }

    private mutating func both() throws(SyntaxError) -> Expression {
        let first = try operation(above: 0)
        guard token.form == .symbol(.and) else { return first }
        let position = token.position
        var operands = [first]
        while skip(.and) { operands.append(try operation(above: 0)) }
        return try make(.logical(isAnd: true, operands), at: position)
    }

    /// Operators with two operands that bind more tightly than a level, the left ones first.
    private mutating func operation(above level: Int) throws(SyntaxError) -> Expression {
        var left = try unary()
        while case .symbol(let symbol) = token.form, let binary = symbol.binary, binary.level > level {
            let position = token.position
            advance()
            let right = try operation(above: binary.level)
            left = try make(.binary(binary.operator, left, right), at: position)
        }
        return left
    }

    private mutating func unary() throws(SyntaxError) -> Expression {
        var signs: [(UnaryOperator, Int)] = []
        while case .symbol(let symbol) = token.form, let sign = symbol.unary {
            signs.append((sign, token.position))
            advance()
        }
        var operand: Expression
        if signs.last?.0 == .negate, let number = negativeNumber() {
            signs.removeLast()
            operand = try members(of: make(.literal(number), at: tokens[index - 1].position))
        } else {
            operand = try members(of: primary())
        }
        for (sign, position) in signs.reversed() { operand = try make(.unary(sign, operand), at: position) }
        return operand
    }

    /// The smallest whole number has no positive twin, so a sign is read together with its digits.
    private mutating func negativeNumber() -> Value? {
        let value: Value? =
            switch token.form {
            case .integer(let magnitude): .int(Int64(truncatingIfNeeded: 0 &- magnitude))
            case .floating(let number): .double(-number)
            default: nil
            }
        if value != nil { advance() }
        return value
    }
}

extension Token.Symbol {
    fileprivate var unary: UnaryOperator? {
        switch self {
        case .not: .not
        case .minus: .negate
        default: nil
        }
    }

    fileprivate var binary: (operator: BinaryOperator, level: Int)? {
        switch self {
        case .less: (.less, 1)
        case .lessOrEqual: (.lessOrEqual, 1)
        case .greater: (.greater, 1)
        case .greaterOrEqual: (.greaterOrEqual, 1)
        case .equal: (.equal, 1)
        case .notEqual: (.notEqual, 1)
        case .in: (.contained, 1)
        case .plus: (.add, 2)
        case .minus: (.subtract, 2)
        case .times: (.multiply, 3)
        case .divide: (.divide, 3)
        case .modulo: (.modulo, 3)
        default: nil
        }
    }
}
