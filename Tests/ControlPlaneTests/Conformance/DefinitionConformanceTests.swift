// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import TestTime
import Testing

/// What upstream checks in custom_resource_definition.go, crd_publish_openapi.go and crd_validation_rules.go of its folder
/// test/e2e/apimachinery.
@Suite("Upstream's conformance: definitions", .timeLimit(.minutes(2)))
struct DefinitionConformanceTests {
    private static let open: JSON = ["type": "object", "x-kubernetes-preserve-unknown-fields": true]

    @Test("the status of a definition is read, updated and patched by anybody with the right")
    func status() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        let gadgets = try await Gadgets(admin, group: "status.example.com", Self.open)
        let path = "\(gadgets.definition)/status"
        try await eventually("an update without a conflict", within: .seconds(20)) {
            var tree = try await admin.send(.get, path).tree
            tree["status"]?["conditions"] = .array(
                (tree["status"]?["conditions"]?.array ?? []) + [
                    ["type": "", "status": "", "lastTransitionTime": .null, "reason": "", "message": "updated"]
                ])
            let answer = try await admin.send(.put, path, tree)
            guard answer.status != 409 else { return false }
            #expect(answer.status == 200 && answer.text.contains(#""message":"updated""#), "\(answer.text)")
            return true
        }
        let patched = try await admin.send(
            .patch, path, [["op": "add", "path": "/status/conditions", "value": [["message": "patched"]]]],
            as: "application/json-patch+json")
        #expect(patched.status == 200 && patched.text.contains(#""message":"patched""#), "\(patched.text)")
    }

    @Test("definitions are listed and deleted by their labels")
    func labels() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        for index in 0..<3 {
            _ = try await Gadgets(admin, group: "a\(index).example.com", Self.open, labels: ["list": "this"])
        }
        _ = try await Gadgets(admin, group: "other.example.com", Self.open)
        let selected = "\(Gadgets.definitions)?labelSelector=list%3Dthis"
        #expect(try await admin.send(.get, selected).names.count == 3)
        #expect(try await admin.send(.delete, selected).status == 200)
        try await eventually("their end", within: .seconds(20)) {
            try await admin.send(.get, selected).names.isEmpty
        }
        #expect(try await admin.send(.get, "\(Gadgets.definitions)/gadgets.other.example.com").status == 200)
    }

    @Test("defaults hold for requests and for what was stored before them")
    func defaults() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        var schema = Self.open
        schema["properties"] = ["a": ["type": "string"], "b": ["type": "string"]]
        let gadgets = try await Gadgets(admin, group: "defaults.example.com", schema)
        let properties = "/spec/versions/0/schema/openAPIV3Schema/properties"
        #expect(try await gadgets.create("first").status == 201)
        try await gadgets.patchDefinition([["op": "add", "path": .string("\(properties)/a/default"), "value": "A"]])
        try await eventually("the default of a", within: .seconds(20)) {
            try await admin.send(.get, "\(gadgets.path)/first").tree["a"] == "A"
        }
        #expect(try await gadgets.create("second").tree["a"] == "A")
        try await gadgets.patchDefinition([
            ["op": "remove", "path": .string("\(properties)/a/default")],
            ["op": "add", "path": .string("\(properties)/b/default"), "value": "B"],
        ])
        try await eventually("the default of b", within: .seconds(20)) {
            try await admin.send(.get, "\(gadgets.path)/second").tree["b"] == "B"
        }
        #expect(try await admin.send(.get, "\(gadgets.path)/second").tree["a"] == "A")
    }

    @Test("each served version's schema is published in OpenAPI v2 as it was given, under its name")
    func published() async throws {
        let server = RunningServer()
        try await server.start()
        let admin = try server.admin()
        let bars: JSON = [
            "description": "List of Bars and their specs.", "type": "array",
            "items": [
                "type": "object", "required": ["name"],
                "properties": [
                    "name": ["description": "Name of Bar.", "type": "string"],
                    "feeling": ["description": "How it is.", "type": "string", "enum": ["Great", "Down"]],
                    "bazs": ["description": "List of Bazs.", "type": "array", "items": ["type": "string"]],
                ],
            ],
        ]
        let schema: JSON = [
            "description": "Foo CRD for Testing", "type": "object",
            "properties": [
                "spec": ["description": "Specification of Foo", "type": "object", "properties": ["bars": bars]]
            ],
        ]
        let gadgets = try await Gadgets(admin, group: "foo.example.com", versions: ["v2", "v3"], schema)
        #expect(try await definition("com.example.foo.v2.Gadget", admin) == schema)
        #expect(try await definition("com.example.foo.v3.Gadget", admin) == schema)
        try await gadgets.patchDefinition([["op": "replace", "path": "/spec/versions/1/name", "value": "v4"]])
        try await eventually("the new name", within: .seconds(20)) {
            let renamed = try await definition("com.example.foo.v4.Gadget", admin)
            let old = try await definition("com.example.foo.v3.Gadget", admin)
            return renamed == schema && old == nil
        }
        _ = try await Gadgets(admin, group: "empty.example.com", Self.open)
        #expect(try await definition("com.example.empty.v1.Gadget", admin) == ["type": "object"])
    }

    /// A published definition without what every kind has.
    private func definition(_ name: String, _ admin: Caller) async throws -> JSON? {
        guard var tree = try await admin.send(.get, "/openapi/v2").tree["definitions"]?[name] else { return nil }
        tree["x-kubernetes-group-version-kind"] = nil
        for common in ["metadata", "apiVersion", "kind"] { tree["properties"]?[common] = nil }
        return tree
    }

    @Test(
        "a rule that cannot be right is refused with upstream's words",
        arguments: [
            ("self.z == 100", "undefined field 'z'"), ("self.x", "must evaluate to a bool"),
            ("self.x = 1", "Syntax error"), ("size(self.x) == 1", "found no matching overload"),
        ])
    func rules(_ rule: String, _ words: String) async throws {
        let server = RunningServer()
        try await server.start()
        let spec: JSON = [
            "type": "object", "properties": ["x": ["type": "integer"]],
            "x-kubernetes-validations": [["rule": .string(rule)]],
        ]
        let answer = try await server.admin().send(
            .post, Gadgets.definitions,
            [
                "metadata": ["name": "gadgets.rules.example.com"],
                "spec": [
                    "group": "rules.example.com", "scope": "Cluster",
                    "names": ["plural": "gadgets", "kind": "Gadget"],
                    "versions": [
                        [
                            "name": "v1", "served": true, "storage": true,
                            "schema": ["openAPIV3Schema": ["type": "object", "properties": ["spec": spec]]],
                        ]
                    ],
                ],
            ])
        #expect(answer.status == 422 && answer.text.contains(words), "\(answer.text)")
    }
}
