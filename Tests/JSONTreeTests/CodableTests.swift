// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing

@Suite("Typed views of a tree")
struct CodableTests {
    @Test("a typed value becomes a tree and comes back")
    func roundTrip() throws {
        let text = #"""
            {"name":"web","count":-3,"big":18446744073709551615,"small":7,"ratio":1.5,"whole":3,"on":true,"tags":["a","b"],\#
            "labels":{"k":"v"},"parts":[{"id":1},{"id":2,"note":"n"}],"mode":"fast","free":{"z":1.50,"a":null}}
            """#
        let tree = try JSON(parsing: text)
        let value = try tree.decode(Everything.self)
        #expect(value.big == .max)
        #expect(value.free == tree["free"])
        #expect(value.absent == nil)
        #expect(try JSON(encoding: value).text == text)
    }

    @Test("absent, null and a value are three things where the type can tell")
    func threeStates() throws {
        func change(_ text: String) throws -> Change { try JSON(parsing: text).decode(Change.self) }
        #expect(try change("{}") == Change(note: nil, free: nil, size: nil))
        #expect(
            try change(#"{"note":null,"free":null,"size":null}"#) == Change(note: .some(nil), free: .null, size: nil))
        #expect(try change(#"{"note":"x","free":1,"size":2}"#) == Change(note: "x", free: 1, size: 2))
        #expect(
            try JSON(encoding: Change(note: .some(nil), free: .null, size: nil)).text == #"{"note":null,"free":null}"#)
        #expect(try JSON(encoding: Change(note: nil, free: nil, size: nil)).text == "{}")
    }

    @Test(
        "an error names the path and what would fit",
        arguments: [
            (#"{"parts":[{"id":1},{"id":"two"}]}"#, "parts[1].id: must be an integer"),
            (#"{"parts":[{"id":1},{}]}"#, "parts[1].id: is required"), (#"{"parts":{}}"#, "parts: must be an array"),
            (#"{"parts":[null]}"#, "parts[0]: must be an object"), ("{}", "parts: is required"),
            ("[]", "must be an object"),
            (#"{"parts":[],"small":256}"#, "small: must be an integer from 0 to 255"),
            (#"{"parts":[],"small":1.0}"#, "small: must be an integer from 0 to 255"),
            (#"{"parts":[],"on":"yes"}"#, "on: must be true or false"),
            (#"{"parts":[],"ratio":1e999}"#, "ratio: must be a number"),
            (#"{"parts":[],"labels":{"a.b":1}}"#, "labels.a.b: must be a string"),
        ])
    func errors(_ text: String, _ message: String) throws {
        let tree = try JSON(parsing: text)
        let error = #expect(throws: JSONDecodingError.self) { try tree.decode(Partial.self) }
        #expect(error?.description == message)
    }

    @Test("single values and arrays of them need no object around them")
    func scalars() throws {
        #expect(try JSON(encoding: 5).text == "5")
        #expect(try JSON(encoding: ["a": [1.0, -0.0, 1e300]]).text == #"{"a":[1,-0.0,1e+300]}"#)
        #expect(try JSON(encoding: [Int?.none, 2]).text == "[null,2]")
        #expect(try JSON.array([1, .null]).decode([Int?].self) == [1, nil])
        #expect(try JSON.array([]).decode([String].self) == [])
        #expect(throws: EncodingError.self) { try JSON(encoding: [Double.nan]) }
    }

    @Test("nested and inherited containers are written in place")
    func containers() throws {
        #expect(try JSON(encoding: Nested()).text == #"{"outer":{"inner":[1,[2]]},"super":"base"}"#)
    }
}

private struct Everything: Codable, Hashable {
    enum Mode: String, Codable { case fast, slow }
    var name: String
    var count: Int64
    var big: UInt64
    var small: UInt8
    var ratio: Double
    var whole: Double
    var on: Bool
    var tags: [String]
    var labels: [String: String]
    var parts: [Part]
    var mode: Mode
    var free: JSON
    var absent: String?
}

private struct Part: Codable, Hashable {
    var id: Int
    var note: String?
}

private struct Partial: Codable {
    var parts: [Part]
    var small: UInt8?
    var on: Bool?
    var ratio: Double?
    var labels: [String: String]?
}

private struct Change: Codable, Hashable {
    var note: String??
    var free: JSON?
    var size: Int?
}

private struct Nested: Encodable {
    enum Key: String, CodingKey { case outer, inner }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        var outer = container.nestedContainer(keyedBy: Key.self, forKey: .outer)
        var inner = outer.nestedUnkeyedContainer(forKey: .inner)
        try inner.encode(1)
        var innermost = inner.nestedUnkeyedContainer()
        try innermost.encode(2)
        try "base".encode(to: container.superEncoder())
    }
}
