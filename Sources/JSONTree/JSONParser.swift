// SPDX-License-Identifier: Apache-2.0

/// Walks the bytes of a JSON text once, from left to right.
///
/// The bytes are handed to each method rather than kept, so that they are borrowed and never copied.
struct JSONParser {
    private let limits: ParseLimits
    var position = 0
    var duplicates: [String] = []
    private var depth = 0
    private var elements = 0

    init(limits: ParseLimits) { self.limits = limits }

    /// A whole text: one value and nothing but space around it.
    mutating func document(_ bytes: Span<UInt8>) throws(JSONError) -> JSON {
        let tree = try value(bytes)
        skipSpace(bytes)
        guard position == bytes.count else { throw expected("the end") }
        return tree
    }

    /// The next value, after any space.
    mutating func value(_ bytes: Span<UInt8>) throws(JSONError) -> JSON {
        skipSpace(bytes)
        guard position < bytes.count else { throw expected("a value") }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            position += 1
            return .string(try string(bytes))
        case UInt8(ascii: "{"):
            position += 1
            return .object(try members(bytes))
        case UInt8(ascii: "["):
            position += 1
            return .array(try array(bytes))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(bytes)
        case UInt8(ascii: "t"): return try word("true", .bool(true), bytes)
        case UInt8(ascii: "f"): return try word("false", .bool(false), bytes)
        case UInt8(ascii: "n"): return try word("null", .null, bytes)
        default: throw expected("a value")
        }
    }

    /// The members of an object whose `{` is already read, up to and with its `}`.
    mutating func members(_ bytes: Span<UInt8>) throws(JSONError) -> JSONObject {
        try enter()
        var builder = ObjectBuilder()
        skipSpace(bytes)
        if take(UInt8(ascii: "}"), bytes) { return leave(JSONObject()) }
        repeat {
            skipSpace(bytes)
            guard take(UInt8(ascii: "\""), bytes) else { throw expected("a key in quotes") }
            let key = try string(bytes)
            skipSpace(bytes)
            guard take(UInt8(ascii: ":"), bytes) else { throw expected(#"":""#) }
            try count()
            let known = duplicates.count
            let value = try value(bytes)
            if duplicates.count > known { prefix(key, from: known) }
            if builder.add(key, value) { report(key) }
            skipSpace(bytes)
        } while take(UInt8(ascii: ","), bytes)
        guard take(UInt8(ascii: "}"), bytes) else { throw expected(#""," or "}""#) }
        return leave(builder.object)
    }

    private mutating func array(_ bytes: Span<UInt8>) throws(JSONError) -> [JSON] {
        try enter()
        var array: [JSON] = []
        skipSpace(bytes)
        if take(UInt8(ascii: "]"), bytes) { return leave(array) }
        repeat {
            try count()
            let known = duplicates.count
            let value = try value(bytes)
            if duplicates.count > known { prefix("[\(array.count)]", from: known) }
            array.append(value)
            skipSpace(bytes)
        } while take(UInt8(ascii: ","), bytes)
        guard take(UInt8(ascii: "]"), bytes) else { throw expected(#""," or "]""#) }
        return leave(array)
    }

    private mutating func word(_ word: StaticString, _ value: JSON, _ bytes: Span<UInt8>) throws(JSONError) -> JSON {
        for byte in word.description.utf8 where !take(byte, bytes) { throw expected(word.description) }
        return value
    }
}

// MARK: - Small steps

extension JSONParser {
    func expected(_ what: String) -> JSONError { JSONError(.expected(what), at: position) }

    /// Steps over a byte if it is the next one.
    mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position &+= 1
        return true
    }

    mutating func skipSpace(_ bytes: Span<UInt8>) {
        while position < bytes.count, bytes[position] <= UInt8(ascii: " ") {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position &+= 1
            default: return
            }
        }
    }

    private mutating func enter() throws(JSONError) {
        guard depth < limits.depth else { throw JSONError(.tooDeep(limit: limits.depth), at: position) }
        depth += 1
    }

    private mutating func leave<Value>(_ value: Value) -> Value {
        depth -= 1
        return value
    }

    private mutating func count() throws(JSONError) {
        guard elements < limits.elements else { throw JSONError(.tooMany(limit: limits.elements), at: position) }
        elements += 1
    }

    private mutating func report(_ key: String) {
        if duplicates.count < 100 { duplicates.append(key) }
    }

    /// Paths grow from the inside out, so that texts without duplicates pay nothing for them.
    private mutating func prefix(_ step: String, from first: Int) {
        for index in first..<duplicates.count {
            let path = duplicates[index]
            duplicates[index] = path.hasPrefix("[") ? step + path : "\(step).\(path)"
        }
    }
}
