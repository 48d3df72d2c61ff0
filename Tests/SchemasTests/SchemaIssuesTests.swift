// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@Suite("A schema's issues")
struct SchemaIssuesTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let schema: Schema
        let value: JSON
        let issues: [String]
        var testDescription: String { "\(value.text) → \(issues)" }

        init(_ schema: Schema, _ value: JSON, _ issues: String...) {
            self.schema = schema
            self.value = value
            self.issues = issues
        }
    }

    static let name = Schema.string("", maxLength: 8, minLength: 2, pattern: "^[a-z]+$")
    static let power = Schema.word("", of: ["Active", "Stopped"])
    static let number = Schema.integer("", in: 1...9)
    static let nullable: Schema = {
        var schema = name
        schema.isNullable = true
        return schema
    }()
    static let integerOrString = Schema(.integerOrString)
    static let secret = Schema.string("", maxLength: 100, pattern: "^x", format: "password")

    static let scalars = [
        Case(name, "web"),
        Case(name, "w", #"Invalid value: "w": spec.field in body should be at least 2 chars long"#),
        Case(
            name, "", #"Invalid value: "": spec.field in body should be at least 2 chars long"#,
            #"Invalid value: "": spec.field in body should match '^[a-z]+$'"#),
        Case(name, "webwebweb", "Too long: may not be more than 8 bytes"),
        Case(name, "Web", #"Invalid value: "Web": spec.field in body should match '^[a-z]+$'"#),
        Case(name, 3, #"Invalid value: "integer": spec.field in body must be of type string: "integer""#),
        Case(name, .null, #"Invalid value: "null": spec.field in body must be of type string: "null""#),
        Case(nullable, .null),
        Case(power, "on", #"Unsupported value: "on": supported values: "Active", "Stopped""#),
        Case(number, 0, "Invalid value: 0: spec.field in body should be greater than or equal to 1"),
        Case(number, 10, "Invalid value: 10: spec.field in body should be less than or equal to 9"),
        Case(
            number, .decimal("1.0"), #"Invalid value: "number": spec.field in body must be of type integer: "number""#),
        Case(number, "1", #"Invalid value: "string": spec.field in body must be of type integer: "string""#),
        Case(Schema(.number), .decimal("1.5")),
        Case(
            .boolean(""), "true", #"Invalid value: "string": spec.field in body must be of type boolean: "string""#),
        Case(integerOrString, 1), Case(integerOrString, "10%"),
        Case(
            integerOrString, true,
            #"Invalid value: "boolean": spec.field in body must be of type integer,string: "boolean""#),
        Case(Schema(.any), .null), Case(Schema(.any), [1, "a"]),
        Case(secret, "geheim", "Invalid value: spec.field in body should match '^x'"),
    ]

    @Test("are told in upstream's words, and name no secret", arguments: scalars)
    func scalar(_ given: Case) {
        let found = given.schema.issues(in: given.value, at: "spec.field")
        #expect(found.map(\.wireMessage) == given.issues)
        #expect(found.allSatisfy { $0.path == "spec.field" })
    }

    static let spec = Schema.object(
        "",
        [
            Schema.Property("size", number),
            Schema.Property(
                "networks",
                .array(
                    "", of: .object("", [Schema.Property("name", name)], required: ["name"]), maxItems: 3,
                    listType: .map(keys: ["name"]))),
            Schema.Property("tags", .array("", of: name, maxItems: 2, minItems: 1, listType: .set)),
            Schema.Property("labels", .map("", of: name, maxProperties: 2)),
        ], required: ["size"])

    @Test("come all, in the schema's order, with their paths")
    func order() {
        let value: JSON = [
            "labels": ["a.b/c": "X"], "extra": 1, "tags": [],
            "networks": [["name": "ab"], ["nam": "x"], ["name": "ab"]],
        ]
        let issues = Self.spec.issues(in: value, at: "spec").map(\.text)
        #expect(
            issues == [
                "spec.size: Required value",
                "spec.networks[1].name: Required value",
                "spec.networks[1].nam: Forbidden: unknown field",
                #"spec.networks[2]: Duplicate value: {"name":"ab"}"#,
                "spec.tags: Invalid value: 0: spec.tags in body should have at least 1 items",
                #"spec.labels[a.b/c]: Invalid value: "X": spec.labels[a.b/c] in body should be at least 2 chars long"#,
                #"spec.labels[a.b/c]: Invalid value: "X": spec.labels[a.b/c] in body should match '^[a-z]+$'"#,
                "spec.extra: Forbidden: unknown field",
            ])
    }

    @Test("name the reason that upstream's clients know")
    func reasons() {
        let value: JSON = ["size": 10, "networks": "x", "tags": ["aa", "aa", "bb"], "labels": ["a": 1]]
        let reasons = Self.spec.issues(in: value).map(\.reason)
        #expect(reasons == [.invalid, .typeInvalid, .tooMany, .typeInvalid])
        #expect(Self.spec.issues(in: [:]).map(\.reason) == [.required])
        #expect(Self.spec.issues(in: ["size": 1, "tags": ["aa", "aa"]]).map(\.reason) == [.duplicate])
    }

    @Test("end after a hundred")
    func bounded() {
        let list = Schema.array("", of: Self.number, maxItems: 10_000)
        let issues = list.issues(in: .array(Array(repeating: "x", count: 5_000)))
        #expect(issues.count == 100)
    }

    @Test("of a resource begin with its type and metadata")
    func resource() {
        let schema = Schema.resource(spec: Self.spec)
        let value: JSON = ["kind": 1, "metadata": ["name": 2, "labels": ["a": true]]]
        let issues = schema.issues(in: value).map(\.text)
        #expect(
            issues == [
                #"kind: Invalid value: "integer": kind in body must be of type string: "integer""#,
                #"metadata.name: Invalid value: "integer": metadata.name in body must be of type string: "integer""#,
                #"metadata.labels.a: Invalid value: "boolean": metadata.labels.a in body must be of type string: "boolean""#,
                "spec: Required value",
            ])
    }
}

@Suite("A format")
struct FormatTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let format: String
        let good: [String]
        let bad: [String]
        var testDescription: String { format }
    }

    static let cases = [
        Case(
            format: "ipv4", good: ["192.0.2.1", "0.0.0.0"],
            bad: ["192.0.2", "192.0.2.256", "192.0.02.1", "a.b.c.d", ""]),
        Case(
            format: "ipv6", good: ["::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "1::"],
            bad: [":::", "1:2:3", "1::2::3", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "::1%eth0", "1:2:3:4:5:6:7::8:9"]),
        Case(
            format: "cidr", good: ["10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0"],
            bad: ["10.0.0.0", "10.0.0.0/33", "2001:db8::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/08"]),
        Case(
            format: "uuid", good: ["0f8fad5b-d9cb-469f-a165-70867728950e"],
            bad: ["0f8fad5bd9cb469fa16570867728950e", "0f8fad5b-d9cb-469f-a165-70867728950g"]),
        Case(
            format: "mac", good: ["52:54:00:12:34:56", "52-54-00-AB-CD-EF"], bad: ["52:54:00:12:34", "525400123456"]),
        Case(
            format: "date-time", good: ["2026-01-31T12:00:00Z", "2024-02-29T23:59:60.123+02:00"],
            bad: [
                "2026-01-31", "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z", "2026-01-31T24:00:00Z",
                "2026-01-31T12:00:00",
            ]),
        Case(format: "date", good: ["2026-01-31"], bad: ["2026-1-31", "2026-04-31", ""]),
        Case(format: "byte", good: ["", "YQ==", "YWI=", "YWJj"], bad: ["a", "YQ", "Y===", "YW!j", "====a"]),
        Case(format: "unheard-of", good: ["anything"], bad: []),
    ]

    @Test("allows what it should", arguments: cases)
    func allows(_ given: Case) {
        let schema = Schema.string("", maxLength: 100, format: given.format)
        for text in given.good { #expect(schema.issues(in: .string(text)) == [], "\(text)") }
        for text in given.bad { #expect(schema.issues(in: .string(text)).count == 1, "\(text)") }
    }

    @Test("int32 holds 32 bits")
    func int32() {
        var schema = Schema(.integer)
        schema.format = "int32"
        #expect(schema.issues(in: .integer(Int64(Int32.max))) == [])
        #expect(
            schema.issues(in: .integer(Int64(Int32.max) + 1)).map(\.message) == ["must fit in 32 bits"])
    }
}
