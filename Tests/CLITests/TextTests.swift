// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Testing
import YAMLTree

@testable import CLI

@Suite("Texts of the command line")
struct TextTests {
    @Test("columns are aligned and nothing trails")
    func table() {
        let table = TextTable(
            ["NAME", "READY", "IP"], rows: [["web", "True", ""], ["database", "False", "10.0.0.7"]])
        #expect(
            table.lines == [
                "NAME       READY   IP", "web        True", "database   False   10.0.0.7",
            ])
    }

    @Test("YAML keeps every value what it is")
    func yaml() throws {
        let tree = try JSON(
            parsing: #"{"a":"true","b":true,"c":["x",{"d":1,"e":[]}],"f":"1","g":"line\nnext\n","h":{},"i":"a: b"}"#)
        #expect(
            YAML.lines(tree) == [
                #"a: "true""#, "b: true", "c:", "- x", "- d: 1", "  e: []", #"f: "1""#, "g: |", "  line", "  next",
                "h: {}", #"i: "a: b""#,
            ])
    }

    @Test("JSON is indented by two")
    func json() throws {
        let tree = try JSON(parsing: #"{"a":[1,{"b":null}],"c":{}}"#)
        #expect(
            JSONText.lines(tree) == [
                "{", #"  "a": ["#, "    1,", "    {", #"      "b": null"#, "    }", "  ],", #"  "c": {}"#, "}",
            ])
    }

    @Test(
        "spans are read in the units that users know",
        arguments: [
            ("90s", 90_000), ("5m", 300_000), ("1h", 3_600_000), ("250ms", 250), ("7", 7000),
        ])
    func spans(text: String, milliseconds: Int64) {
        #expect(Span(argument: text)?.duration == .milliseconds(milliseconds))
    }
}
