// SPDX-License-Identifier: Apache-2.0

extension Lexer {
    /// What stands before the quote of a literal.
    struct Prefix {
        var isRaw = false
        var isBytes = false
        var length = 0
    }

    /// Absent when no text literal begins here.
    func literalPrefix() -> Prefix? {
        var prefix = Prefix()
        while let scalar = peek(prefix.length) {
            switch scalar {
            case "\"", "'": return prefix
            case "r" where !prefix.isRaw, "R" where !prefix.isRaw: prefix.isRaw = true
            case "b" where !prefix.isBytes, "B" where !prefix.isBytes: prefix.isBytes = true
            default: return nil
            }
            prefix.length += 1
        }
        return nil
    }

    mutating func text(_ prefix: Prefix) throws(SyntaxError) -> Token.Form {
        let start = position
        position += prefix.length
        let quote = scalars[position]
        position += 1
        let isTriple = peek == quote && peek(1) == quote
        if isTriple { position += 2 }
        var content = TextContent(isBytes: prefix.isBytes)
        while true {
            guard let scalar = peek, isTriple || scalar != "\n" && scalar != "\r" else {
                throw SyntaxError("Syntax error: text literal is not closed", at: start)
            }
            if scalar == quote, !isTriple || peek(1) == quote && peek(2) == quote {
                position += isTriple ? 3 : 1
                return prefix.isBytes ? .bytes(content.bytes) : .string(String(content.scalars))
            }
            position += 1
            if scalar == "\\", !prefix.isRaw { try escape(&content) } else { content.add(scalar) }
        }
    }

    private mutating func escape(_ content: inout TextContent) throws(SyntaxError) {
        let start = position - 1
        guard let scalar = peek else { throw SyntaxError("Syntax error: escape is not complete", at: start) }
        position += 1
        if let plain = Self.plainEscapes[scalar] { return content.add(plain) }
        let value: UInt32? =
            switch scalar {
            case "x", "X": hexadecimal(2)
            case "u" where !content.isBytes: hexadecimal(4)
            case "U" where !content.isBytes: hexadecimal(8)
            case "0", "1", "2", "3": octal(after: scalar)
            default: nil
            }
        guard let value, content.add(number: value) else {
            throw SyntaxError("Syntax error: invalid escape sequence", at: start)
        }
    }

    private static let plainEscapes: [Unicode.Scalar: Unicode.Scalar] = [
        "a": "\u{07}", "b": "\u{08}", "f": "\u{0C}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{0B}",
        "\\": "\\", "?": "?", "\"": "\"", "'": "'", "`": "`",
    ]

    private mutating func hexadecimal(_ count: Int) -> UInt32? {
        let digits = take(atMost: count) { $0.isHexDigit }
        return digits.utf8.count == count ? UInt32(digits, radix: 16) : nil
    }

    private mutating func octal(after first: Unicode.Scalar) -> UInt32? {
        let digits = take(atMost: 2) { (0x30...0x37).contains($0.value) }
        return digits.utf8.count == 2 ? UInt32("\(first)\(digits)", radix: 8) : nil
    }

    private mutating func take(atMost limit: Int, while isWanted: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        while position - start < limit, let scalar = peek, isWanted(scalar) { position += 1 }
        return spelling(start, position)
    }
}

/// What a literal holds so far.
private struct TextContent {
    let isBytes: Bool
    var scalars = String.UnicodeScalarView()
    var bytes: [UInt8] = []

    init(isBytes: Bool) { self.isBytes = isBytes }

    mutating func add(_ scalar: Unicode.Scalar) {
        if isBytes {
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        } else {
            scalars.append(scalar)
        }
    }

    /// False when there is no such character.
    mutating func add(number: UInt32) -> Bool {
        if isBytes {
            bytes.append(UInt8(truncatingIfNeeded: number))
            return number < 256
        }
        guard let scalar = Unicode.Scalar(number) else { return false }
        scalars.append(scalar)
        return true
    }
}
