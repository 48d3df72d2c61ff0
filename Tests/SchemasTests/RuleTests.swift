// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@Suite("A schema's rules")
struct RuleTests {
    /// A whole object of a kind with one schema as its spec, read as a definition has it.
    static func version(spec: JSON, rules: JSON = []) -> KindVersion {
        var schema = Schema(openAPI: [
            "type": "object", "properties": ["spec": spec], "x-kubernetes-validations": rules,
        ])
        schema.isEmbeddedResource = true
        return KindVersion(name: "v1", schema: schema)
    }

    static func object(_ spec: JSON) -> JSON { ["metadata": ["name": "one"], "spec": spec] }

    static func texts(_ version: KindVersion, _ new: JSON, _ old: JSON? = nil) -> [String] {
        version.rules.issues(in: object(new), replacing: old.map(object)).map(\.text)
    }

    static let counted: JSON = [
        "type": "object", "properties": ["a": ["type": "string"], "n": ["type": "integer"]],
        "x-kubernetes-validations": [["rule": "!has(self.n) || self.n < 5", "message": "n is below five"]],
    ]

    @Test("name the place and say the message")
    func message() {
        let version = Self.version(spec: Self.counted)
        #expect(Self.texts(version, ["a": "x"]) == [])
        #expect(Self.texts(version, ["n": 7]) == ["spec: Invalid value: n is below five"])
    }

    @Test("say their own words, blame a field and give a reason")
    func wording() {
        func texts(_ rule: JSON) -> [String] {
            Self.texts(
                Self.version(
                    spec: [
                        "type": "object", "properties": ["n": ["type": "integer"], "x.y": ["type": "string"]],
                        "x-kubernetes-validations": [rule],
                    ]), ["n": 7])
        }
        #expect(texts(["rule": "self.n < 5"]) == ["spec: Invalid value: failed rule: self.n < 5"])
        let spoken: JSON = ["rule": "self.n < 5", "message": "m", "messageExpression": "'n is ' + string(self.n)"]
        #expect(texts(spoken) == ["spec: Invalid value: n is 7"])
        let failing: JSON = ["rule": "self.n < 5", "message": "m", "messageExpression": "string(1 / (self.n - 7))"]
        #expect(texts(failing) == ["spec: Invalid value: m"])
        #expect(texts(["rule": "self.n < 5", "message": "m", "fieldPath": ".n"]) == ["spec.n: Invalid value: m"])
        #expect(texts(["rule": "false", "message": "m", "fieldPath": "['x.y']"]) == ["spec[x.y]: Invalid value: m"])
        let forbidden: JSON = ["rule": "self.n < 5", "message": "m", "reason": "FieldValueForbidden"]
        #expect(texts(forbidden) == ["spec: Forbidden: m"])
        #expect(
            texts(["rule": "1 / (self.n - 7) > 0"]) == [
                "spec: Invalid value: division by zero evaluating rule: 1 / (self.n - 7) > 0"
            ])
        #expect(
            texts(["rule": "dyn(self.n) == 'a' || dyn(self.n) + 'a' == ''"]) == [
                "spec: Invalid value: 'no such overload': call arguments did not match a supported operator, function or "
                    + "macro signature for rule: dyn(self.n) == 'a' || dyn(self.n) + 'a' == ''"
            ])
    }

    @Test("at the root see the common members, and blame nothing in particular")
    func root() {
        let version = Self.version(spec: Self.counted, rules: [["rule": "self.metadata.name == 'two'"]])
        #expect(Self.texts(version, [:]) == ["<nil>: Invalid value: failed rule: self.metadata.name == 'two'"])
    }

    @Test("that compare run only where something is replaced")
    func transitions() {
        let version = Self.version(spec: [
            "type": "object",
            "properties": [
                "n": ["type": "integer", "x-kubernetes-validations": [["rule": "self >= oldSelf"]]],
                "once": [
                    "type": "string",
                    "x-kubernetes-validations": [["rule": "!oldSelf.hasValue()", "optionalOldSelf": true]],
                ],
            ],
        ])
        #expect(Self.texts(version, ["n": 1, "once": "a"]) == [])
        #expect(Self.texts(version, ["n": 1], [:]) == [])
        #expect(Self.texts(version, ["n": 2], ["n": 1]) == [])
        #expect(Self.texts(version, ["n": 1], ["n": 2]) == ["spec.n: Invalid value: failed rule: self >= oldSelf"])
        #expect(Self.texts(version, ["once": "a"], [:]) == [])
        // A rule that compares is not let go when nothing changed.
        #expect(
            Self.texts(version, ["once": "a"], ["once": "a"])
                == ["spec.once: Invalid value: failed rule: !oldSelf.hasValue()"])
    }

    @Test("tell the elements of a map list apart, and the values of a map")
    func correlation() {
        let immutable: JSON = [["rule": "self == oldSelf", "message": "cannot change"]]
        let version = Self.version(spec: [
            "type": "object",
            "properties": [
                "list": [
                    "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"],
                    "items": [
                        "type": "object", "required": ["k"],
                        "properties": [
                            "k": ["type": "string"], "v": ["type": "string", "x-kubernetes-validations": immutable],
                        ],
                    ],
                ],
                "map": [
                    "type": "object",
                    "additionalProperties": ["type": "string", "x-kubernetes-validations": immutable],
                ],
            ],
        ])
        let old: JSON = ["list": [["k": "a", "v": "1"], ["k": "b", "v": "2"]], "map": ["x.y": "1"]]
        #expect(Self.texts(version, ["list": [["k": "b", "v": "2"], ["k": "c", "v": "3"]]], old) == [])
        #expect(
            Self.texts(version, ["list": [["k": "b", "v": "1"]], "map": ["x.y": "2", "z": "1"]], old) == [
                "spec.list[0].v: Invalid value: cannot change", "spec.map[x.y]: Invalid value: cannot change",
            ])
    }

    @Test("are not held against a value that did not change")
    func ratcheting() {
        let version = Self.version(spec: Self.counted)
        #expect(Self.texts(version, ["n": 7], ["n": 7]) == [])
        #expect(Self.texts(version, ["n": 7, "a": "x"], ["n": 7]) == ["spec: Invalid value: n is below five"])
    }

    @Test("are not run on a value whose shape is wrong")
    func blocking() {
        let version = Self.version(spec: Self.counted)
        let object = Self.object(["n": "x"])
        let found = version.ruleIssues(in: object, replacing: nil, after: version.schema.issues(in: object))
        #expect(
            found.map(\.text) == [
                "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; "
                    + "correct the existing errors to complete validation"
            ])
    }

    @Test("stop an object that costs too much", arguments: [1, 16])
    func budget(rules: Int) {
        let costly = "self.list.all(a, self.list.all(b, a >= 0 && b >= 0))"
        let version = Self.version(spec: [
            "type": "object", "properties": ["list": ["type": "array", "items": ["type": "integer"]]],
            "x-kubernetes-validations": .array(Array(repeating: ["rule": .string(costly)], count: rules)),
        ])
        let count: Int64 = rules == 1 ? 1000 : 320
        let texts = Self.texts(version, ["list": .array((0..<count).map(JSON.integer))])
        #expect(texts.count == 1)
        #expect(texts.first?.contains(rules == 1 ? "actual cost limit exceeded" : "running out of cost budget") == true)
    }

    @Test("read back as they were written")
    func printing() {
        let rule: JSON = [
            "rule": "self.n < 5", "message": "m", "messageExpression": "'x'", "reason": "FieldValueForbidden",
            "fieldPath": ".n", "optionalOldSelf": true,
        ]
        let spec: JSON = ["type": "object", "x-kubernetes-validations": [rule, ["rule": "true"]]]
        #expect(Schema(openAPI: spec).openAPI["x-kubernetes-validations"] == [rule, ["rule": "true"]])
        #expect(Schema(openAPI: ["type": "object"]).openAPI["x-kubernetes-validations"] == nil)
    }
}
