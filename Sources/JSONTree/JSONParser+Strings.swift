// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
    /// The text of a string whose opening quote is already read, up to and with its closing one.
    mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> String {
        let start = position
        skipPlain(bytes)
        guard position < bytes.count else { throw expected("a closing quote") }
        if bytes[position] == UInt8(ascii: "\"") {
            position += 1
            return try text(bytes.extracting(start..<position - 1), at: start)
        }
        return try escapedString(bytes, from: start)
    }

    /// Goes on from the first byte that is not plain, collecting what the escapes stand for.
    private mutating func escapedString(_ bytes: Span<UInt8>, from start: Int) throws(JSONError) -> String {
        var content: [UInt8] = []
        var run = start
        while position < bytes.count {
            for index in run..<position { content.append(bytes[index]) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return try text(content.span, at: start)
            case UInt8(ascii: "\\"):
                position += 1
                try escape(bytes, into: &content)
            default: throw expected("an escape instead of a control character")
            }
            run = position
            skipPlain(bytes)
        }
        throw expected("a closing quote")
    }

    private func text(_ content: Span<UInt8>, at start: Int) throws(JSONError) -> String {
        do {
            return String(copying: try UTF8Span(validating: content))
        } catch {
            throw JSONError(.expected("valid UTF-8 in a string"), at: start)
        }
    }

    /// Steps over bytes that mean themselves.
    private mutating func skipPlain(_ bytes: Span<UInt8>) {
        position = JSONBytes.firstSpecial(bytes, from: position) ?? bytes.count
    }
}

// MARK: - Escapes

extension JSONParser {
    /// Reads what follows a backslash.
    private mutating func escape(_ bytes: Span<UInt8>, into content: inout [UInt8]) throws(JSONError) {
        guard position < bytes.count else { throw expected("an escape") }
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            return content.append(contentsOf: String(try scalar(bytes)).utf8)
        default: throw expected("an escape")
        }
        position += 1
    }

    /// The scalar after `\u`, which may take a second `\u` to be whole.
    private mutating func scalar(_ bytes: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
        let start = position
        let first = try fourDigits(bytes)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take(UInt8(ascii: "\\"), bytes), take(UInt8(ascii: "u"), bytes) else {
            throw JSONError(.expected("a whole surrogate pair"), at: start)
        }
        let second = try fourDigits(bytes)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSONError(.expected("a whole surrogate pair"), at: start) }
        return scalar
    }

    private mutating func fourDigits(_ bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = Self.digit(bytes[position]) else {
                throw expected("four hexadecimal digits")
            }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
