// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@Suite("A schema read from a definition")
struct SchemaReadingTests {
    private static let tree: JSON = [
        "type": "object", "required": ["mode"],
        "properties": [
            "mode": ["type": "string", "enum": ["a", "b"], "default": "a"],
            "port": ["x-kubernetes-int-or-string": true, "anyOf": [["type": "integer"], ["type": "string"]]],
            "parts": [
                "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                "items": ["type": "object", "required": ["name"], "properties": ["name": ["type": "string"]]],
            ],
            "ratio": ["type": "number", "minimum": 0, "exclusiveMinimum": true, "multipleOf": .decimal("0.5")],
            "raw": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
            "labels": ["type": "object", "additionalProperties": ["type": "string"]],
            "open": ["type": "object", "additionalProperties": true],
            "pick": ["type": "object", "x-kubernetes-map-type": "atomic", "properties": ["a": ["type": "string"]]],
        ],
    ]

    @Test("prunes and defaults as it says")
    func fitted() {
        let schema = Schema(openAPI: Self.tree)
        let value: JSON = [
            "raw": ["x": 1], "labels": ["l": "v"], "open": ["y": [1]], "pick": ["a": "1", "b": "2"], "extra": true,
            "parts": [["name": "p", "q": 1]],
        ]
        #expect(
            schema.fitted(value) == [
                "raw": ["x": 1], "labels": ["l": "v"], "open": ["y": [1]], "pick": ["a": "1"],
                "parts": [["name": "p"]], "mode": "a",
            ])
    }

    @Test("is printed as it was written")
    func printed() {
        let schema = Schema(openAPI: Self.tree)
        #expect(Schema(openAPI: schema.openAPI) == schema)
        #expect(schema.openAPI["properties"]?["pick"]?["x-kubernetes-map-type"] == "atomic")
        #expect(schema.openAPI["properties"]?["ratio"]?["exclusiveMinimum"] == true)
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var schema: JSON
        var value: JSON
        var isGood: Bool
    }

    static let cases = [
        Case(
            testDescription: "a limit that is out", schema: number(["minimum": 0, "exclusiveMinimum": true]), value: 0,
            isGood: false),
        Case(
            testDescription: "just above it", schema: number(["minimum": 0, "exclusiveMinimum": true]), value: 1,
            isGood: true),
        Case(testDescription: "no multiple", schema: number(["multipleOf": 3]), value: 4, isGood: false),
        Case(testDescription: "a multiple", schema: number(["multipleOf": 3]), value: 9, isGood: true),
        Case(testDescription: "one of both", schema: oneOf, value: ["a": 1], isGood: true),
        Case(testDescription: "none of both", schema: oneOf, value: [:], isGood: false),
        Case(testDescription: "both of both", schema: oneOf, value: ["a": 1, "b": 1], isGood: false),
        Case(testDescription: "any of both", schema: anyOf, value: ["a": 1, "b": 1], isGood: true),
        Case(testDescription: "not what is not wanted", schema: not, value: ["a": 1], isGood: false),
        Case(testDescription: "something else", schema: not, value: ["b": 1], isGood: true),
        Case(testDescription: "all of them", schema: allOf, value: ["a": 5], isGood: true),
        Case(testDescription: "not all of them", schema: allOf, value: ["a": 50], isGood: false),
    ]

    @Test("checks its further limits", arguments: cases)
    func limits(_ given: Case) {
        #expect(Schema(openAPI: given.schema).issues(in: given.value).isEmpty == given.isGood)
    }

    private static func number(_ limits: JSON) -> JSON {
        var tree = limits
        tree["type"] = "integer"
        return tree
    }

    private static func object(_ word: String, _ limit: JSON) -> JSON {
        var tree: JSON = ["type": "object", "properties": ["a": ["type": "integer"], "b": ["type": "integer"]]]
        tree[word] = limit
        return tree
    }

    private static let either: JSON = [["required": ["a"]], ["required": ["b"]]]
    private static let oneOf = object("oneOf", either)
    private static let anyOf = object("anyOf", either)
    private static let not = object("not", ["required": ["a"]])
    private static let allOf = object(
        "allOf", [["required": ["a"]], ["properties": ["a": ["maximum": 10]]]])
}
