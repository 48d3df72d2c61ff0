// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@Suite("A definition's rules")
struct RuleDefinitionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let rule: JSON
        /// Absent when the rule is good.
        let problem: String?
        var testDescription: String { rule.text }
        init(_ rule: JSON, _ problem: String? = nil) {
            self.rule = rule
            self.problem = problem
        }
    }

    static let cases = [
        Case(["rule": "self.a == 'x'"]),
        Case([
            "rule": "self.a == oldSelf.a", "message": "cannot change", "reason": "FieldValueForbidden",
            "fieldPath": ".a",
        ]),
        Case(
            ["rule": "self.b == 'x'"],
            """
            .rule: Invalid value: {"Rule":"self.b == 'x'","Message":"","MessageExpression":"","Reason":null,\
            "FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:5: undefined field 'b'
             | self.b == 'x'
             | ....^
            """),
        Case(["rule": " "], ".rule: Required value: rule is not specified"),
        Case(["rule": "true", "message": " "], ".message: Required value: message must be non-empty if specified"),
        Case(
            ["rule": "true\n&& true"],
            ".message: Required value: message must be specified if rule contains line breaks"),
        Case(
            ["rule": "true", "message": "a\nb"],
            ".message: Invalid value: \"a\\nb\": message must not contain line breaks"),
        Case(
            ["rule": "true", "reason": "Why"],
            ".reason: Unsupported value: \"Why\": supported values: \"FieldValueInvalid\", \"FieldValueForbidden\", "
                + "\"FieldValueRequired\", \"FieldValueDuplicate\""),
        Case(
            ["rule": "true", "fieldPath": ".z"], ".fieldPath: Invalid value: \".z\": does not refer to a valid field"),
        Case(["rule": "true", "fieldPath": "a"], ".fieldPath: Invalid value: \"a\": does not refer to a valid field"),
        Case(
            ["rule": "true", "optionalOldSelf": true],
            ".optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule"),
    ]

    @Test("are refused with upstream's words", arguments: cases)
    func rule(_ given: Case) {
        let schema = Schema(openAPI: [
            "type": "object", "properties": ["a": ["type": "string"]], "x-kubernetes-validations": [given.rule],
        ])
        let place = "spec.validation.openAPIV3Schema.x-kubernetes-validations[0]"
        let found = schema.ruleIssues(at: "spec.validation.openAPIV3Schema").map(\.text)
        #expect(found == (given.problem.map { ["\(place)\($0)"] } ?? []))
    }

    @Test("must give true or false, and their messages texts")
    func types() {
        let schema = Schema(openAPI: [
            "type": "string",
            "x-kubernetes-validations": [["rule": "size(self)"], ["rule": "true", "messageExpression": "1"]],
        ])
        let found = schema.ruleIssues(at: "s")
        #expect(
            found.map(\.path) == [
                "s.x-kubernetes-validations[0].rule", "s.x-kubernetes-validations[1].messageExpression",
            ])
        #expect(
            found.map(\.message) == [
                "compilation failed: cel expression must evaluate to a bool",
                "messageExpression must evaluate to a string",
            ])
    }

    @Test("may not compare where nothing can be told apart")
    func uncorrelatable() {
        let item: JSON = ["type": "string", "x-kubernetes-validations": [["rule": "self == oldSelf"]]]
        let schema = Schema(openAPI: [
            "type": "object",
            "properties": [
                "list": ["type": "array", "items": item], "map": ["type": "object", "additionalProperties": item],
            ],
        ])
        #expect(
            schema.ruleIssues(at: "s").map(\.text) == [
                "s.properties[list].items.x-kubernetes-validations[0].rule: Invalid value: \"self == oldSelf\": "
                    + "oldSelf cannot be used on the uncorrelatable portion of the schema within s.properties[list]"
            ])
    }

    @Test("see fields by their formats and escaped names")
    func shapes() {
        let rules = [
            "self.when > timestamp('2026-01-01T00:00:00Z')", "self.span < duration('1h')", "self.raw == b'x'",
            "self.x__dash__y == 1", "self.__namespace__ == ''", "type(self.port) == int || self.port == '50%'",
            "self.weight < 1.5", "self.labels.all(k, self.labels[k] != '')", "self.inner.kind == 'A'",
            "self.inner.metadata.name == 'a'",
        ]
        let schema = Schema(openAPI: [
            "type": "object",
            "properties": [
                "when": ["type": "string", "format": "date-time"], "span": ["type": "string", "format": "duration"],
                "raw": ["type": "string", "format": "byte"], "x-y": ["type": "integer"],
                "namespace": ["type": "string"],
                "port": ["x-kubernetes-int-or-string": true], "weight": ["type": "number"],
                "labels": ["type": "object", "additionalProperties": ["type": "string"]],
                "inner": ["type": "object", "x-kubernetes-embedded-resource": true],
                "anything": ["x-kubernetes-preserve-unknown-fields": true],
            ],
            "x-kubernetes-validations": .array(rules.map { ["rule": .string($0)] }),
        ])
        #expect(schema.ruleIssues(at: "s").map(\.text) == [])
        let blind = schema.with(Schema.Rule("has(self.anything)"))
        #expect(blind.ruleIssues(at: "s").count == 1)
    }
}
