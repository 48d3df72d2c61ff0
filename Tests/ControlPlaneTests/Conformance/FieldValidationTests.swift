// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Testing

/// What upstream checks in test/e2e/apimachinery/field_validation.go of its repository.
@Suite("Upstream's conformance: field validation", .timeLimit(.minutes(2)))
struct FieldValidationTests {
    private static let ports: JSON = [
        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["containerPort", "protocol"],
        "items": [
            "type": "object", "required": ["containerPort", "protocol"],
            "properties": [
                "containerPort": ["type": "integer", "format": "int32"], "name": ["type": "string"],
                "protocol": ["type": "string"],
            ],
        ],
    ]

    private static func schema(isOpen: Bool = false, _ more: [(String, JSON)] = []) -> JSON {
        let members: [(String, JSON)] = [
            ("foo", ["type": "string"]),
            ("cronSpec", ["type": "string", "pattern": #"^(\d+|\*)(/\d+)?(\s+(\d+|\*)(/\d+)?){4}$"#]), ("ports", ports),
        ]
        var spec: JSON = ["type": "object", "properties": .object(JSONObject(members + more))]
        if isOpen { spec["x-kubernetes-preserve-unknown-fields"] = true }
        return ["type": "object", "properties": ["spec": spec]]
    }

    private static let head = "metadata:\n  name: mytest\n  finalizers:\n  - test-finalizer\n"
    private static let spec = """
        spec:
          foo: foo1
          cronSpec: "* * * * */5"
          ports:
          - name: x
            containerPort: 80
            protocol: TCP
        """

    @Test("a valid object is applied, and one that no schema describes")
    func valid() async throws {
        let server = RunningServer()
        try await server.start()
        let strict = try await Gadgets(server.admin(), group: "strict.example.com", Self.schema())
        #expect(try await strict.apply(Self.head + Self.spec).status == 201)
        let open = try await Gadgets(
            server.admin(), group: "open.example.com",
            ["type": "object", "x-kubernetes-preserve-unknown-fields": true])
        #expect(try await open.apply(Self.head + Self.spec + "\n  unknown: uk1").status == 201)
    }

    @Test("fields that the schema does not have are named, in the root, its metadata and an embedded object's")
    func unknown() async throws {
        let server = RunningServer()
        try await server.start()
        let strict = try await Gadgets(server.admin(), group: "strict.example.com", Self.schema())
        let root = try await strict.apply(Self.head + "unknownField: unknown\n" + Self.spec)
        #expect(root.status == 400 && root.text.contains(".unknownField: field not declared in schema"), "\(root.text)")

        let template: JSON = [
            "type": "object", "x-kubernetes-embedded-resource": true,
            "properties": [
                "metadata": ["type": "object", "properties": ["name": ["type": "string"]]], "spec": ["type": "object"],
            ],
        ]
        let embedding = try await Gadgets(
            server.admin(), group: "embedding.example.com", Self.schema(isOpen: true, [("template", template)]))
        let inner = """

              template:
                apiversion: foo/v1
                kind: Sub
                metadata:
                  unknownSubMeta: unknown
                  name: subobject
            """
        let metadata = try await embedding.apply(
            "metadata:\n  name: mytest\n  unknownMeta: unknown\n" + Self.spec
                + inner.replacing("\n      ", with: "\n  "))
        #expect(
            metadata.text.contains(".spec.template.metadata.unknownSubMeta: field not declared in schema")
                || metadata.text.contains(".metadata.unknownMeta: field not declared in schema"), "\(metadata.text)")
    }

    @Test("a doubled key is refused with its line, where unknown fields are kept, too")
    func doubled() async throws {
        let server = RunningServer()
        try await server.start()
        let open = try await Gadgets(server.admin(), group: "open.example.com", Self.schema(isOpen: true))
        let answer = try await open.apply(Self.head + "spec:\n  unknown: uk1\n  foo: foo1\n  foo: foo2\n")
        #expect(answer.status == 400)
        #expect(answer.text.contains(#"line 11: key \"foo\" already set in map"#), "\(answer.text)")
    }
}
