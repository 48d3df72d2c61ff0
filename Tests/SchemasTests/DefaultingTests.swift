// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@Suite("A schema's defaults")
struct DefaultingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let given: JSON
        let expected: JSON
        var testDescription: String { given.text }
    }

    static let disk: Schema = {
        var schema = Schema.object(
            "",
            [
                Schema.Property("size", .integer("", in: 1...100, default: 10)),
                Schema.Property("type", .string("", maxLength: 10)),
            ])
        schema.defaultValue = [:]
        return schema
    }()

    static let schema: Schema = {
        var note = Schema.string("", maxLength: 10, default: "none")
        note.isNullable = true
        return Schema.object(
            "",
            [
                Schema.Property("power", .word("", of: ["on", "off"], default: "on")),
                Schema.Property("note", note),
                Schema.Property("disk", disk),
                Schema.Property("disks", .array("", of: disk, maxItems: 5)),
                Schema.Property("named", .map("", of: disk, maxProperties: 5)),
                Schema.Property("plain", .string("", maxLength: 5)),
            ])
    }()

    static let full: JSON = ["power": "on", "note": "none", "disk": ["size": 10]]

    static let cases = [
        Case(given: [:], expected: full),
        Case(given: ["power": .null, "plain": .null], expected: full),
        Case(
            given: ["power": "off", "note": .null, "disk": ["size": 5]],
            expected: ["power": "off", "note": .null, "disk": ["size": 5]]),
        Case(
            given: [
                "power": "on", "note": "none", "disk": ["type": .null], "disks": [[:], .null, ["size": 3]],
                "named": ["a": [:], "b": .null],
            ],
            expected: [
                "power": "on", "note": "none", "disk": ["size": 10],
                "disks": [["size": 10], ["size": 10], ["size": 3]], "named": ["a": ["size": 10], "b": ["size": 10]],
            ]),
        Case(given: "no object", expected: "no object"),
    ]

    @Test("stand where nothing does, nested too", arguments: cases)
    func defaults(_ given: Case) {
        #expect(Self.schema.defaulted(given.given) == given.expected)
    }

    @Test("change nothing the second time", arguments: cases)
    func idempotent(_ given: Case) {
        let once = Self.schema.defaulted(given.given)
        #expect(Self.schema.defaulted(once).text == once.text)
    }

    @Test("follow what the user wrote, in the schema's order")
    func order() {
        #expect(
            Self.schema.defaulted(["disk": ["type": "a"]]).text
                == #"{"disk":{"type":"a","size":10},"power":"on","note":"none"}"#)
    }

    @Test("remove the nulls that clients leave in metadata")
    func metadataNulls() {
        let value: JSON = ["metadata": ["name": "a", "creationTimestamp": .null]]
        #expect(Schema.resource().defaulted(value).text == #"{"metadata":{"name":"a"}}"#)
    }
}

@Suite("Pruning")
struct PruningTests {
    static let inner = Schema.object("", [Schema.Property("a", .string("", maxLength: 5))])
    static let schema = Schema.resource(
        spec: .object(
            "",
            [
                Schema.Property("inner", inner),
                Schema.Property("list", .array("", of: inner, maxItems: 5)),
                Schema.Property("map", .map("", of: inner, maxProperties: 5)),
                Schema.Property("open", .open("")),
                Schema.Property("any", Schema(.any)),
                Schema.Property("template", embedded),
            ]))
    static let embedded: Schema = {
        var schema = Schema.object("", [Schema.Property("spec", inner)])
        schema.isEmbeddedResource = true
        return schema
    }()

    @Test("drops what nothing names and says where it stood")
    func drops() {
        let value: JSON = [
            "apiVersion": "v1", "kind": "K", "metadata": ["name": "n", "labels": ["x/y": "z"], "extra": 1],
            "spec": [
                "b": 1, "inner": ["a": "1", "b": 2], "list": [["a": "1"], ["b": 2]], "map": ["x/y": ["b": 1]],
                "open": ["b": ["c": 1]], "any": ["b": 1],
                "template": ["apiVersion": "v1", "kind": "T", "metadata": ["name": "t"], "spec": ["b": 1], "other": 1],
            ], "other": 1,
        ]
        let (tree, unknown) = Self.schema.pruned(value)
        #expect(
            unknown == [
                "metadata.extra", "spec.b", "spec.inner.b", "spec.list[1].b", "spec.map[x/y].b", "spec.template.spec.b",
                "spec.template.other", "other",
            ])
        let expected: JSON = [
            "apiVersion": "v1", "kind": "K", "metadata": ["name": "n", "labels": ["x/y": "z"]],
            "spec": [
                "inner": ["a": "1"], "list": [["a": "1"], [:]], "map": ["x/y": [:]], "open": ["b": ["c": 1]],
                "any": ["b": 1],
                "template": ["apiVersion": "v1", "kind": "T", "metadata": ["name": "t"], "spec": [:]],
            ],
        ]
        #expect(tree.text == expected.text)
        #expect(Self.schema.pruned(tree).unknown == [])
    }

    @Test("leaves a value of the wrong type for the issues to name")
    func wrongType() {
        let value: JSON = ["spec": ["inner": [1], "list": ["b": 1]]]
        #expect(Self.schema.pruned(value).tree == value)
        #expect(Self.schema.issues(in: value).map(\.path) == ["spec.inner", "spec.list"])
    }
}
