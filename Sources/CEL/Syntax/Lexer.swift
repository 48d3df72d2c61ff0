// SPDX-License-Identifier: Apache-2.0

/// Cuts an expression into tokens.
///
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
struct Lexer {
    let scalars: [Unicode.Scalar]
    var position = 0

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    static func tokens(_ source: String) throws(SyntaxError) -> [Token] {
        var lexer = Lexer(source)
        var tokens: [Token] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.form != .end
        return tokens
    }

    var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    func peek(_ offset: Int) -> Unicode.Scalar? {
        position + offset < scalars.count ? scalars[position + offset] : nil
    }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private mutating func next() throws(SyntaxError) -> Token {
        skipBlanks()
        let start = position
        guard let scalar = peek else { return Token(form: .end, position: start) }
        if let prefix = literalPrefix() { return Token(form: try text(prefix), position: start) }
        if scalar.isWordStart { return Token(form: try word(), position: start) }
        if scalar.isDigit || scalar == "." && (peek(1)?.isDigit ?? false) {
            return Token(form: try number(), position: start)
        }
        return Token(form: .symbol(try symbol()), position: start)
    }

    private mutating func skipBlanks() {
        while let scalar = peek {
            if scalar == "/", peek(1) == "/" {
                while let scalar = peek, scalar != "\n" { _ = skip(scalar) }
            } else if scalar == " " || (0x09...0x0D).contains(scalar.value) {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func word() throws(SyntaxError) -> Token.Form {
        let text = take { $0.isWordStart || $0.isDigit }
        return text == "in" ? .symbol(.in) : .identifier(text)
    }

    private mutating func symbol() throws(SyntaxError) -> Token.Symbol {
        for length in [2, 1] where position + length <= scalars.count {
            let text = spelling(position, position + length)
            if let symbol = Token.Symbol(rawValue: text) {
                position += length
                return symbol
            }
        }
        throw SyntaxError("Syntax error: unexpected character '\(scalars[position])'", at: position)
    }

    // MARK: Numbers

    private mutating func number() throws(SyntaxError) -> Token.Form {
        let start = position
        if peek == "0", peek(1) == "x" || peek(1) == "X" {
            position += 2
            let digits = take { $0.isHexDigit }
            return try whole(UInt64(digits, radix: 16), from: start)
        }
        var isWhole = true
        _ = take { $0.isDigit }
        if peek == ".", peek(1)?.isDigit ?? false {
            isWhole = false
            position += 1
            _ = take { $0.isDigit }
        }
        if let exponent = exponentLength() {
            isWhole = false
            position += exponent
            _ = take { $0.isDigit }
        }
        let text = spelling(start, position)
        if isWhole { return try whole(UInt64(text), from: start) }
        guard let value = Double(text), value.isFinite else { throw SyntaxError("invalid double literal", at: start) }
        return .floating(value)
    }

    /// How many scalars stand before the digits of an exponent; absent when none follows.
    private func exponentLength() -> Int? {
        guard peek == "e" || peek == "E" else { return nil }
        if peek(1)?.isDigit ?? false { return 1 }
        let isSigned = peek(1) == "+" || peek(1) == "-"
        return isSigned && (peek(2)?.isDigit ?? false) ? 2 : nil
    }

    private mutating func whole(_ value: UInt64?, from start: Int) throws(SyntaxError) -> Token.Form {
        let isUnsigned = skip("u") || skip("U")
        guard let value, isUnsigned || value <= UInt64(Int64.max) + 1 else {
            throw SyntaxError("invalid \(isUnsigned ? "uint" : "int") literal", at: start)
        }
        return isUnsigned ? .unsigned(value) : .integer(value)
    }

    // MARK: Pieces

    mutating func take(while isWanted: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        while let scalar = peek, isWanted(scalar) { position += 1 }
        return spelling(start, position)
    }

    func spelling(_ start: Int, _ end: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<end])
        return String(text)
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { (0x30...0x39).contains(value) }
    var isHexDigit: Bool { isDigit || (0x41...0x46).contains(value) || (0x61...0x66).contains(value) }
    var isWordStart: Bool { self == "_" || (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value) }
}
