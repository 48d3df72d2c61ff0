// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@Suite("A definition")
struct DefinitionTests {
    /// A definition of gizmos in these versions.
    static func definition(_ versions: [JSON], generation: Int64 = 1, isDeleting: Bool = false) -> Definition {
        var tree: JSON = [
            "metadata": ["name": "gizmos.example.org", "generation": .integer(generation)],
            "spec": [
                "group": "example.org", "scope": "Namespaced", "versions": .array(versions),
                "names": ["plural": "gizmos", "singular": "gizmo", "kind": "Gizmo", "listKind": "GizmoList"],
            ], "status": ["storedVersions": ["v1"]],
        ]
        if isDeleting { tree["metadata"]?["deletionTimestamp"] = "2026-01-01T00:00:00Z" }
        return Definition(tree)
    }

    static func version(
        _ name: String, _ members: [String], isStored: Bool = false, isServed: Bool = true, more: JSON = [:]
    ) -> JSON {
        let properties = members.map { ($0, ["type": "string"] as JSON) }
        var tree = more
        tree["name"] = .string(name)
        tree["served"] = .bool(isServed)
        tree["storage"] = .bool(isStored)
        tree["schema"] = [
            "openAPIV3Schema": [
                "type": "object",
                "properties": ["spec": ["type": "object", "properties": .object(JSONObject(properties))]],
            ]
        ]
        return tree
    }

    private func kind(_ definition: Definition) -> Kind { definition.kind(as: definition.names) }

    @Test("makes a kind with what it says")
    func kind() throws {
        let more: JSON = [
            "subresources": [
                "status": [:],
                "scale": ["specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"],
            ],
            "additionalPrinterColumns": [["name": "A", "type": "string", "jsonPath": ".spec.a"]],
            "selectableFields": [["jsonPath": ".spec.a"]], "deprecated": true,
        ]
        let definition = Self.definition([Self.version("v1", ["a", "replicas"], isStored: true, more: more)])
        #expect(definition.issues(replacing: nil, isEstablished: false).isEmpty)
        let kind = kind(definition)
        let version = try #require(kind.version("v1"))
        #expect(kind.origin == .definition(isRevised: false))
        #expect(kind.countsGeneration)
        #expect(version.hasStatus)
        #expect(version.scale?.specReplicas == ".spec.replicas")
        #expect(version.deprecation == "example.org/v1 Gizmo is deprecated")
        #expect(kind.selectableFields == ["spec.a": ".spec.a"])
        let object: JSON = ["metadata": ["name": "g"], "spec": ["a": "x"]]
        #expect(version.cells(of: object, now: 0) == ["g", "x"])
    }

    @Test("converts by leaving out what the other version does not have")
    func conversion() throws {
        let kind = kind(
            Self.definition([
                Self.version("v1alpha1", ["old", "both"]), Self.version("v1", ["new", "both"], isStored: true),
            ]))
        let old = try #require(kind.version("v1alpha1"))
        let object: JSON = ["spec": ["old": "o", "both": "b"]]
        #expect(old.toStorage(object) == ["spec": ["both": "b"]])
        #expect(old.fromStorage(["spec": ["new": "n", "both": "b"]]) == ["spec": ["both": "b"]])
    }

    @Test("fits objects when read once it was changed")
    func revised() {
        let version = Self.version("v1", ["a"], isStored: true)
        #expect(!kind(Self.definition([version])).isRevised)
        #expect(kind(Self.definition([version], generation: 2)).isRevised)
    }

    @Test("that goes takes no more objects, and answers in its stored version to the end")
    func deletion() async {
        let version = Self.version("v1", ["a"], isStored: true, isServed: false)
        let kind = kind(Self.definition([version], isDeleting: true))
        #expect(kind.versions.map(\.isServed) == [true])
        let request = AdmissionRequest(
            operation: .create, object: Object([:]), user: UserInfo(name: "ann", groups: []), objects: NoObjects())
        let error = await #expect(throws: APIError.self) { try await kind.admission(request) }
        #expect(error?.reason == .methodNotAllowed)
    }

    @Test("keeps the versions that objects may be stored in")
    func storedVersions() {
        let gone = Self.definition([Self.version("v2", [], isStored: true)])
        #expect(
            gone.issues(replacing: nil, isEstablished: true).map(\.path) == [
                "status.storedVersions[0]", "status.storedVersions",
            ])
    }
}

private struct NoObjects: ObjectReader {
    func object(_ type: ResourceType, _ key: ObjectKey) async throws -> Object? { nil }
    func objects(_ type: ResourceType, in scope: Scope) async throws -> [Object] { [] }
}
