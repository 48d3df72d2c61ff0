// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing

@Suite("Patching JSON")
struct PatchTests {
    @Test("a merge patch gives what RFC 7396 lists", arguments: merges)
    func merge(_ given: Merge) throws {
        let merged = try JSON(parsing: given.original).merging(JSON(parsing: given.patch))
        #expect(merged.text == given.result)
    }

    @Test("a JSON patch gives what RFC 6902 lists", arguments: patches)
    func patch(_ given: Patch) throws {
        let patch = try JSONPatch(tree: JSON(parsing: given.patch))
        #expect(try JSON(parsing: given.original).applying(patch).text == given.result)
    }

    @Test("a JSON patch that cannot be applied names the operation", arguments: failures)
    func failure(_ given: Failure) throws {
        let error = #expect(throws: JSONPatchError.self) {
            let patch = try JSONPatch(tree: JSON(parsing: given.patch))
            _ = try JSON(parsing: given.original).applying(patch)
        }
        #expect(error?.description == given.message)
    }

    @Test("the number of operations is bounded")
    func operations() throws {
        let operation: JSON = ["op": "test", "path": "", "value": 1]
        let most = try JSONPatch(tree: .array(Array(repeating: operation, count: 10_000)))
        #expect(try JSON.integer(1).applying(most) == 1)
        let error = #expect(throws: JSONPatchError.self) {
            try JSONPatch(tree: .array(Array(repeating: operation, count: 10_001)))
        }
        #expect(error?.index == 10_000)
    }

    @Test("copies of copies are stopped before they fill the memory, moves before they fill the stack")
    func bombs() throws {
        let doubling = (0..<100).map {
            JSONPatch.Operation.copy(.init(tokens: ["a", "\($0)"]), from: .init(tokens: ["a"]))
        }
        let copied = #expect(throws: JSONPatchError.self) {
            try JSON.object(["a": ["text": "0123456789"]]).applying(JSONPatch(doubling))
        }
        #expect(copied?.problem == .tooMuch)
        let nesting =
            Array(repeating: JSONPatch.Operation.move(.init(tokens: ["b", "a"]), from: .init(tokens: ["a"])), count: 1)
            + (0..<200).flatMap { _ -> [JSONPatch.Operation] in
                [
                    .copy(.init(tokens: ["a"]), from: .init(tokens: ["b"])),
                    .move(.init(tokens: ["b", "a"]), from: .init(tokens: ["a"])),
                ]
            }
        let nested = #expect(throws: JSONPatchError.self) {
            try JSON.object(["a": [:], "b": [:]]).applying(JSONPatch(nesting))
        }
        #expect(nested?.problem == .tooMuch)
    }

    @Test("a merge of many members into many members takes no quadratic time")
    func manyMembers() {
        let many = JSONObject((0..<100_000).map { ("key\($0)", JSON.integer(1)) })
        let others = JSONObject((50_000..<150_000).reversed().map { ("key\($0)", $0 < 60_000 ? JSON.null : 2) })
        let start = ContinuousClock.now
        let merged = JSON.object(many).merging(.object(others))
        #expect(merged.object?.count == 140_000)
        #expect(JSON.object(JSONObject(many.members.reversed().map { ($0.key, $0.value) })) == .object(many))
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test("deep trees that differ at the bottom are compared in one walk")
    func deepComparison() {
        func deep(_ leaf: JSON) -> JSON { (0..<100).reduce(leaf) { tree, _ in ["a": tree, "b": 1] } }
        #expect(deep(1) != deep(2))
        #expect(!deep(1).means(deep(2)))
        #expect(deep(1).means(deep(.decimal("1.0"))))
        #expect(deep(1) != deep(.decimal("1.0")))
    }
}

extension JSON {
    fileprivate static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(JSONObject(members.map { ($0.key, $0.value) }))
    }
}

struct Merge: Sendable, CustomTestStringConvertible {
    let original: String
    let patch: String
    let result: String
    var testDescription: String { "\(original) + \(patch)" }

    init(_ original: String, _ patch: String, _ result: String) {
        self.original = original
        self.patch = patch
        self.result = result
    }
}

// https://www.rfc-editor.org/rfc/rfc7396#appendix-A
private let merges = [
    Merge(#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), Merge(#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
    Merge(#"{"a":"b"}"#, #"{"a":null}"#, "{}"), Merge(#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
    Merge(#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), Merge(#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
    Merge(#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
    Merge(#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), Merge(#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
    Merge(#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), Merge(#"{"a":"foo"}"#, "null", "null"),
    Merge(#"{"a":"foo"}"#, #""bar""#, #""bar""#), Merge(#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
    Merge("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
    Merge("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
]

struct Patch: Sendable, CustomTestStringConvertible {
    let original: String
    let patch: String
    let result: String
    var testDescription: String { "\(original) + \(patch)" }

    init(_ original: String, _ patch: String, _ result: String) {
        self.original = original
        self.patch = patch
        self.result = result
    }
}

// https://www.rfc-editor.org/rfc/rfc6902#appendix-A, then cases of our own.
private let patches = [
    Patch(#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"foo":"bar","baz":"qux"}"#),
    Patch(#"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#, #"{"foo":["bar","qux","baz"]}"#),
    Patch(#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
    Patch(#"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["bar","baz"]}"#),
    Patch(
        #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#, #"{"baz":"boo","foo":"bar"}"#
    ),
    Patch(
        #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
        #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
        #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#),
    Patch(
        #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
        #"{"foo":["all","cows","eat","grass"]}"#),
    Patch(
        #"{"baz":"qux","foo":["a",2,"c"]}"#,
        #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
        #"{"baz":"qux","foo":["a",2,"c"]}"#),
    Patch(
        #"{"foo":"bar"}"#, #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
        #"{"foo":"bar","child":{"grandchild":{}}}"#),
    Patch(#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#, #"{"foo":"bar","baz":"qux"}"#),
    Patch(#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
    Patch(
        #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#, #"{"foo":["bar",["abc","def"]]}"#
    ),
    Patch(#"{"a":{"b":1}}"#, #"[{"op":"copy","from":"/a","path":"/a/c"}]"#, #"{"a":{"b":1,"c":{"b":1}}}"#),
    Patch(#"{"a":1}"#, #"[{"op":"replace","path":"","value":[]},{"op":"add","path":"/0","value":7}]"#, "[7]"),
    Patch(#"{"a":1}"#, #"[{"op":"add","path":"/a","value":null}]"#, #"{"a":null}"#),
    Patch(#"{"a":null}"#, #"[{"op":"test","path":"/a","value":null},{"op":"remove","path":"/a"}]"#, "{}"),
    Patch(#"{"a":1.0,"b":[1e2]}"#, #"[{"op":"test","path":"","value":{"b":[100],"a":1}}]"#, #"{"a":1.0,"b":[1e2]}"#),
    Patch(#"{"a":{"b":{}}}"#, #"[{"op":"move","from":"/a/b","path":"/a"}]"#, #"{"a":{}}"#),
    Patch("{}", #"[{"op":"replace","path":"/absent","value":1}]"#, #"{"absent":1}"#),
    Patch(#"{"":{"":1}}"#, #"[{"op":"replace","path":"//","value":2}]"#, #"{"":{"":2}}"#),
]

struct Failure: Sendable, CustomTestStringConvertible {
    let original: String
    let patch: String
    let message: String
    var testDescription: String { "\(original) + \(patch)" }

    init(_ original: String, _ patch: String, _ message: String) {
        self.original = original
        self.patch = patch
        self.message = message
    }
}

private let failures = [
    Failure(#"{"baz":"qux"}"#, #"[{"op":"test","path":"/baz","value":"bar"}]"#, "operation 0 at /baz: the test failed"),
    Failure(
        #"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":"10"}]"#, "operation 0 at /~01: the test failed"),
    Failure(
        #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz/bat","value":"qux"}]"#,
        "operation 0 at /baz/bat: nothing is there"),
    Failure("[1]", #"[{"op":"add","path":"/2","value":0}]"#, "operation 0 at /2: nothing is there"),
    Failure("[1]", #"[{"op":"add","path":"/01","value":0}]"#, "operation 0 at /01: nothing is there"),
    Failure("[1]", #"[{"op":"remove","path":"/-"}]"#, "operation 0 at /-: nothing is there"),
    Failure(
        "{}", #"[{"op":"add","path":"/a","value":1},{"op":"replace","path":"/b/c","value":1}]"#,
        "operation 1 at /b/c: nothing is there"),
    Failure("[1]", #"[{"op":"replace","path":"/1","value":0}]"#, "operation 0 at /1: nothing is there"),
    Failure("[1]", #"[{"op":"replace","path":"/-","value":0}]"#, "operation 0 at /-: nothing is there"),
    Failure("{}", #"[{"op":"remove","path":"/a"}]"#, "operation 0 at /a: nothing is there"),
    Failure(
        #"{"a":{}}"#, #"[{"op":"move","from":"/a","path":"/a/b"}]"#,
        "operation 0 at /a/b: a value cannot be moved into itself"),
    Failure(
        "{}", #"[{"op":"add","path":"a","value":1}]"#,
        #"operation 0 at a: "path" must be a JSON pointer like /spec/name"#),
    Failure(
        "{}", #"[{"op":"add","path":"/a~2","value":1}]"#,
        #"operation 0 at /a~2: "path" must be a JSON pointer like /spec/name"#),
    Failure("{}", #"[{"op":"copy","path":"/a"}]"#, #"operation 0: "from" must be a JSON pointer like /spec/name"#),
    Failure("{}", #"[{"op":"add","path":"/a"}]"#, #"operation 0 at /a: the operation needs a "value""#),
    Failure(
        "{}", #"[{"op":"merge","path":"/a"}]"#,
        #"operation 0 at /a: "op" must be one of add, remove, replace, move, copy, test"#),
    Failure("{}", "{}", "operation 0: a patch must be an array of operations"),
]
