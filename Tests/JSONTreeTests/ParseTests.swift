// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing

@Suite("Parsing JSON")
struct ParseTests {
    @Test("a text becomes its tree", arguments: accepted)
    func accepts(_ given: Accepted) throws {
        #expect(try JSON(parsing: given.text) == given.tree)
    }

    @Test("a wrong text is refused at the byte where it goes wrong", arguments: refused)
    func refuses(_ given: Refused) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: given.bytes) }
        #expect(error?.offset == given.offset)
        #expect(error?.problem == .expected(given.expected))
    }

    @Test("a text prints as it was, but for space and escapes", arguments: stable)
    func printsTheSame(_ text: String) throws {
        #expect(try JSON(parsing: text).text == text)
    }

    @Test("key order is kept and the last of equal keys wins")
    func duplicates() throws {
        let parsed = try JSON.parse(Array(#"{"z":1,"a":[{"b":1},{"b":2,"c":0,"b":3}],"z":{"d":1,"d":2}}"#.utf8))
        #expect(parsed.tree.text == #"{"z":{"d":2},"a":[{"b":1},{"b":3,"c":0}]}"#)
        #expect(parsed.duplicateKeys == ["a[1].b", "z.d", "z"])
    }

    @Test("duplicates are found among many keys too")
    func manyKeys() throws {
        let members = (0..<1000).map { #""k\#($0)":\#($0)"# }.joined(separator: ",")
        let parsed = try JSON.parse(Array(#"{\#(members),"k7":"last"}"#.utf8))
        #expect(parsed.tree["k7"] == "last")
        #expect(parsed.tree.object?.count == 1000)
        #expect(parsed.duplicateKeys == ["k7"])
    }

    @Test("keys that only look alike stay two keys")
    func accents() throws {
        let text = "{\"caf\u{E9}\":1,\"cafe\u{301}\":2}"
        let parsed = try JSON.parse(Array(text.utf8))
        #expect(parsed.duplicateKeys.isEmpty)
        #expect(parsed.tree.text == text)
        #expect(JSON.string("\u{E9}") != JSON.string("e\u{301}"))
    }

    @Test("a text over a limit is refused")
    func limits() {
        let limits = ParseLimits(bytes: 20, depth: 3, elements: 4)
        #expect(throws: JSONError(.tooLarge(limit: 20), at: 20)) {
            try JSON(parsing: #""12345678901234567890""#, limits: limits)
        }
        #expect(throws: JSONError(.tooDeep(limit: 3), at: 4)) { try JSON(parsing: "[[[[]]]]", limits: limits) }
        #expect(throws: JSONError(.tooMany(limit: 4), at: 10)) { try JSON(parsing: "[[],1,2,3,4]", limits: limits) }
        #expect(throws: Never.self) { try JSON(parsing: "[[[]],1,2]", limits: limits) }
        let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(throws: Never.self) { try JSON(parsing: deep) }
        #expect(throws: JSONError(.tooDeep(limit: 128), at: 129)) { try JSON(parsing: "[\(deep)]") }
    }
}

struct Accepted: CustomTestStringConvertible, Sendable {
    let text: String
    let tree: JSON
    var testDescription: String { text }

    init(_ text: String, _ tree: JSON) {
        self.text = text
        self.tree = tree
    }
}

private let accepted = [
    Accepted("null", .null), Accepted(" \t\r\n true ", true), Accepted("false", false),
    Accepted("0", 0), Accepted("-1", -1), Accepted("9223372036854775807", .integer(.max)),
    Accepted("-9223372036854775808", .integer(.min)), Accepted("9223372036854775808", .decimal("9223372036854775808")),
    Accepted("-9223372036854775809", .decimal("-9223372036854775809")), Accepted("-0", .decimal("-0")),
    Accepted("1.0", .decimal("1.0")), Accepted("1e3", .decimal("1e3")), Accepted("-0.10E-07", .decimal("-0.10E-07")),
    Accepted("-0e+1", .decimal("-0e+1")),
    Accepted("123456789012345678901234567890", .decimal("123456789012345678901234567890")),
    Accepted(#""""#, ""), Accepted(#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{C}\n\r\tz"),
    Accepted(#""\u0041\u00e9\u20AC\ud83d\ude00""#, "A\u{E9}\u{20AC}\u{1F600}"), Accepted(#""\u0000""#, "\0"),
    Accepted("\"\u{7F}\u{80}\u{7FF}\u{FFFF}\u{10FFFF}\"", "\u{7F}\u{80}\u{7FF}\u{FFFF}\u{10FFFF}"),
    Accepted(#""exactly eight bytes: 12345678""#, "exactly eight bytes: 12345678"),
    Accepted("[]", []), Accepted("[ ]", []), Accepted("[1 , [2],{ } ]", [1, [2], [:]]),
    Accepted("{}", [:]), Accepted(#"{ "a" : { "" : null } }"#, ["a": ["": .null]]),
]

private let stable = [
    #"{"z":1,"a":{"y":[],"b":{}},"m":[1.50,1e3,-0,18446744073709551615]}"#,
    #""plain, then \" and \\ and \u0001 and é€😀""#, "[-9223372036854775808]", "\"\u{2028}\u{7F}<>&\"",
]

struct Refused: CustomTestStringConvertible, Sendable {
    let bytes: [UInt8]
    let offset: Int
    let expected: String
    var testDescription: String { String(decoding: bytes, as: UTF8.self) }

    init(_ text: String, _ offset: Int, _ expected: String) {
        self.init(Array(text.utf8), offset, expected)
    }

    init(_ bytes: [UInt8], _ offset: Int, _ expected: String) {
        self.bytes = bytes
        self.offset = offset
        self.expected = expected
    }
}

private let refused = [
    Refused("", 0, "a value"), Refused("  ", 2, "a value"), Refused("\u{FEFF}1", 0, "a value"),
    Refused("nul", 3, "null"), Refused("nulL", 3, "null"), Refused("True", 0, "a value"),
    Refused("truee", 4, "the end"),
    Refused("1 2", 2, "the end"), Refused("01", 1, "the end"), Refused("-", 1, "a digit"), Refused("-a", 1, "a digit"),
    Refused("+1", 0, "a value"), Refused(".5", 0, "a value"), Refused("1.", 2, "a digit"),
    Refused("1.e1", 2, "a digit"),
    Refused("1e", 2, "a digit"), Refused("1e+", 3, "a digit"), Refused("0x1", 1, "the end"),
    Refused("NaN", 0, "a value"),
    Refused("-Infinity", 1, "a digit"), Refused("1_000", 1, "the end"),
    Refused("[", 1, "a value"), Refused("[1", 2, #""," or "]""#), Refused("[1,]", 3, "a value"),
    Refused("[,1]", 1, "a value"), Refused("[1 2]", 3, #""," or "]""#), Refused("[1}", 2, #""," or "]""#),
    Refused("]", 0, "a value"), Refused("[]]", 2, "the end"), Refused("[1,,2]", 3, "a value"),
    Refused("{", 1, "a key in quotes"), Refused("{a:1}", 1, "a key in quotes"),
    Refused("{'a':1}", 1, "a key in quotes"),
    Refused(#"{"a"}"#, 4, #"":""#), Refused(#"{"a":}"#, 5, "a value"), Refused(#"{"a":1,}"#, 7, "a key in quotes"),
    Refused(#"{"a":1"#, 6, #""," or "}""#), Refused(#"{"a" 1}"#, 5, #"":""#), Refused(#"{1:1}"#, 1, "a key in quotes"),
    Refused(#"{"a":1]"#, 6, #""," or "}""#), Refused("// no\n1", 0, "a value"), Refused("1\u{0}", 1, "the end"),
    Refused(#""abc"#, 4, "a closing quote"), Refused(#""abc\"#, 5, "an escape"), Refused(#""\x41""#, 2, "an escape"),
    Refused(#""\"#, 2, "an escape"), Refused(#""\u12""#, 5, "four hexadecimal digits"),
    Refused(#""\u12G4""#, 5, "four hexadecimal digits"), Refused(#""\ud800""#, 3, "a whole surrogate pair"),
    Refused(#""\udc00""#, 3, "a whole surrogate pair"), Refused(#""\ud800\ud800""#, 3, "a whole surrogate pair"),
    Refused(#""\ud800\n""#, 3, "a whole surrogate pair"), Refused(#""\ud800x""#, 3, "a whole surrogate pair"),
    Refused("\"a\tb\"", 2, "an escape instead of a control character"),
    Refused("\"123456789\n\"", 10, "an escape instead of a control character"),
    Refused([0x22, 0xFF, 0x22], 1, "valid UTF-8 in a string"),
    Refused([0x22, 0xC0, 0x80, 0x22], 1, "valid UTF-8 in a string"),
    Refused([0x22, 0xED, 0xA0, 0x80, 0x22], 1, "valid UTF-8 in a string"),
    Refused([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1, "valid UTF-8 in a string"),
    Refused([0x22, 0x5C, 0x6E, 0xE2, 0x82, 0x22], 1, "valid UTF-8 in a string"),
    Refused([0xFE, 0xFF, 0x00, 0x31], 0, "a value"),
]
