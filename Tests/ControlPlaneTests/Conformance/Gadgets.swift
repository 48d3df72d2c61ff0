// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import TestTime
import Testing

/// A definition at the root as upstream's conformance tests make them, and what they do with its objects.
struct Gadgets {
    static let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"

    let admin: Caller
    let name: String
    let version: String
    let kind = "Gadget"

    /// Makes it with this schema in each version, and waits until it is served.
    init(_ admin: Caller, group: String, versions: [String] = ["v1"], _ schema: JSON, labels: JSON = [:]) async throws {
        self.admin = admin
        name = "gadgets.\(group)"
        version = "\(group)/\(versions[0])"
        let tree: JSON = [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": .string(name), "labels": labels],
            "spec": [
                "group": .string(group), "scope": "Cluster",
                "names": ["plural": "gadgets", "singular": "gadget", "kind": "Gadget", "listKind": "GadgetList"],
                "versions": .array(
                    versions.enumerated().map { index, version in
                        [
                            "name": .string(version), "served": true, "storage": .bool(index == 0),
                            "schema": ["openAPIV3Schema": schema],
                        ]
                    }),
            ],
        ]
        let made = try await admin.send(.post, Self.definitions, tree)
        try #require(made.status == 201, "\(made.text)")
        let path = path
        try await eventually("\(path)", within: .seconds(20)) { try await admin.send(.get, path).status == 200 }
    }

    var path: String { "/apis/\(version)/gadgets" }
    var definition: String { "\(Self.definitions)/\(name)" }

    /// What is applied to `mytest`, strictly; the lines follow `apiVersion` and `kind`, which are lines 2 and 3.
    func apply(_ lines: String) async throws -> Caller.Answer {
        let text = "\napiVersion: \(version)\nkind: \(kind)\n" + lines
        return try await admin.send(
            .patch, "\(path)/mytest?fieldManager=field_validation_mgr&fieldValidation=Strict", bytes: Array(text.utf8),
            as: "application/apply-patch+yaml")
    }

    func create(_ name: String, _ members: [(String, JSON)] = []) async throws -> Caller.Answer {
        let head: [(String, JSON)] = [
            ("apiVersion", .string(version)), ("kind", .string(kind)), ("metadata", ["name": .string(name)]),
        ]
        return try await admin.send(.post, path, .object(JSONObject(head + members)))
    }

    func patchDefinition(_ operations: JSON) async throws {
        let answer = try await admin.send(.patch, definition, operations, as: "application/json-patch+json")
        #expect(answer.status == 200, "\(answer.text)")
    }
}
