// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing
import YAMLTree

@Suite("YAML")
struct YAMLTests {
    @Test(
        "a plain scalar is what Kubernetes clients take it for",
        arguments: [
            ("on", JSON.bool(true)), ("No", false), ("~", .null), ("", .null), ("3", 3), ("1.50", .decimal("1.50")),
            ("0644", 420), ("0o644", 420), ("0xff", 255), ("22:22", "22:22"), ("1.2.3", "1.2.3"), ("yEs", "yEs"),
            ("'true'", "true"),
        ])
    func scalars(_ text: String, _ value: JSON) throws {
        #expect(try YAML.documents("a: \(text)").first?["a"] == value)
    }

    @Test("a text of several documents gives each, the empty ones as null")
    func documents() throws {
        #expect(try YAML.documents("a: 1\n---\n---\nb: [x]\n") == [["a": 1], .null, ["b": ["x"]]])
        #expect(try YAML.documents("") == [])
    }

    @Test("anchors are expanded only where that is asked for, and never without bound")
    func anchors() throws {
        let text = "a: &x {k: 1}\nb: *x"
        #expect(throws: YAMLError("anchors are not accepted; write the values out")) { try YAML.documents(text) }
        #expect(try YAML.documents(text, anchors: .expanded) == [["a": ["k": 1], "b": ["k": 1]]])
        let doubling = (1...30).reduce("a0: &a0 [x]\n") { $0 + "a\($1): &a\($1) [*a\($1 - 1), *a\($1 - 1)]\n" }
        #expect(throws: YAMLError("too deep or too many elements")) {
            try YAML.documents(doubling, anchors: .expanded)
        }
    }

    @Test("a mistake is told with its line and without the text", arguments: ["ok: 1\ns3cret: [", "a: s3cret: b"])
    func mistakes(_ text: String) {
        let error = #expect(throws: YAMLError.self) { try YAML.documents(text) }
        #expect(error?.line != nil)
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test("what is printed is read as the same tree")
    func roundTrip() throws {
        let tree: JSON = [
            "plain": "text", "number": "12", "flag": "yes", "block": "one\ntwo\n", "empty": "", "none": .null,
            "list": [["a": 1, "b": []], [[2], "x: y"]], "odd": "- #\t", "map": [:], "sum": .decimal("1.0"),
        ]
        #expect(try YAML.documents(YAML.lines(tree).joined(separator: "\n")) == [tree])
    }

    @Test(
        "a text with what YAML takes for the end of a line, or does not allow, is read as it was",
        arguments: ["\u{85}", "a\u{2028}b", "a\u{2029}", "\u{80}", "x\u{FEFF}y", "\u{FFFE}", "a\r\nb\u{2028} c"])
    func oddLineEnds(_ text: String) throws {
        for tree: JSON in [["a": .string(text)], [.string(text)], .object(JSONObject([(text, JSON.integer(1))]))] {
            #expect(try YAML.documents(YAML.lines(tree).joined(separator: "\n")) == [tree])
        }
    }
}
