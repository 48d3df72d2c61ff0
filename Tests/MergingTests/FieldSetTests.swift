// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing

@testable import Merging

@Suite("Field sets")
struct FieldSetTests {
    static let texts = [
        "{}", #"{"f:a":{}}"#, #"{"f:a":{".":{},"f:b":{}}}"#,
        #"{"f:metadata":{"f:labels":{".":{},"f:a/b":{}}},"f:spec":{"f:parts":{"k:{\"name\":\"a\"}":{".":{},"f:name":{}}}}}"#,
        #"{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{},"k:{\"port\":443,\"protocol\":\"TCP\"}":{}}}"#,
        #"{"f:tags":{"v:\"a\"":{},"v:\"b\"":{}}}"#, #"{"f:n":{"v:1":{},"v:2.5":{},"v:true":{}}}"#,
        #"{"f:list":{"i:0":{},"i:2":{},"i:10":{}}}"#,
    ]

    @Test("a set is written as it was read", arguments: texts)
    func roundTrip(_ text: String) throws {
        let set = try FieldSet(tree: JSON(parsing: text))
        #expect(set.tree.text == text)
    }

    @Test("a set is written in upstream's order, however it was read")
    func order() throws {
        let set = try FieldSet(
            tree: JSON(
                parsing: #"{"i:1":{},"v:\"b\"":{},"v:\"a\"":{},"k:{\"b\":1,\"a\":2}":{},"f:z":{},"f:a":{},"f:B":{}}"#))
        #expect(
            set.tree.text
                == #"{"f:B":{},"f:a":{},"f:z":{},"k:{\"a\":2,\"b\":1}":{},"v:\"a\"":{},"v:\"b\"":{},"i:1":{}}"#)
    }

    @Test(
        "what is no set is refused",
        arguments: [
            "[]", "null", #"{"a":{}}"#, #"{"i:x":{}}"#, #"{"k:{}":{}}"#, #"{"k:a":{}}"#, #"{"v:":{}}"#, #"{"f:a":1}"#,
        ])
    func refusal(_ text: String) throws {
        let tree = try JSON(parsing: text)
        #expect(throws: InvalidFieldSet.self) { try FieldSet(tree: tree) }
    }

    @Test("two spellings of one letter are two fields, two spellings of one number are one")
    func spelling() throws {
        let letters = FieldSet([[.field("\u{e9}")], [.field("e\u{301}")]])
        #expect(letters.entries.count == 2)
        let numbers = FieldSet([[.value(1)], [.value(.decimal("1.0"))]])
        #expect(numbers.entries.count == 1)
    }

    @Test("paths are written as conflicts name them")
    func paths() throws {
        let set = FieldSet([
            [.field("status"), .field("conditions"), .key([.init("type", "Ready")]), .field("status")],
            [.field("tags"), .value("a")], [.field("list"), .index(3)], [.field("tags")],
        ])
        #expect(
            set.paths == [
                ".list[3]", #".status.conditions[type="Ready"].status"#, ".tags", #".tags[="a"]"#,
            ])
    }

    @Test("the laws of sets hold", arguments: 0..<200)
    func laws(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let (a, b, c) = (random.set(), random.set(), random.set())
        #expect(a.union(b) == b.union(a))
        #expect(a.intersection(b) == b.intersection(a))
        #expect(a.union(b).union(c) == a.union(b.union(c)))
        #expect(a.intersection(b.union(c)) == a.intersection(b).union(a.intersection(c)))
        #expect(a.subtracting(b).union(a.intersection(b)) == a)
        #expect(a.subtracting(b).intersection(b).isEmpty)
        #expect(a.subtracting(b.union(c)) == a.subtracting(b).subtracting(c))
        #expect((try? FieldSet(tree: a.tree)) == a)
        #expect(Set(a.union(b).paths) == Set(a.paths).union(b.paths))
        #expect(Set(a.subtracting(b).paths) == Set(a.paths).subtracting(b.paths))
    }
}
