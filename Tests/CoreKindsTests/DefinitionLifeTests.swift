// SPDX-License-Identifier: Apache-2.0

import APIServer
import Access
import Clients
import JSONTree
import Resources
import Schemas
import Stores
import TestTime
import Testing

@testable import CoreKinds

@Suite("Kinds made at run time, on a server", .timeLimit(.minutes(1)))
struct DefinitionLifeTests {
    static let gizmos = ResourceType(group: "corpus.example.org", version: "v1", kind: "Gizmo", plural: "gizmos")

    /// A definition of gizmos, whose spec has these properties.
    static func definition(
        _ properties: JSON = ["a": ["type": "string"], "n": ["type": "integer", "default": 1]],
        names: JSON = ["plural": "gizmos", "kind": "Gizmo", "shortNames": ["gz"]], in organization: String = "acme"
    ) -> Object {
        let plural = names["plural"]?.string ?? ""
        let version: JSON = [
            "name": "v1", "served": true, "storage": true, "subresources": ["status": [:]],
            "schema": [
                "openAPIV3Schema": [
                    "type": "object",
                    "properties": [
                        "spec": ["type": "object", "properties": properties],
                        "status": ["type": "object", "properties": ["phase": ["type": "string"]]],
                    ],
                ]
            ],
        ]
        return object(
            CustomResourceDefinition.type, "\(plural).corpus.example.org", organization: organization,
            [
                (
                    "spec",
                    [
                        "group": "corpus.example.org", "scope": "Namespaced", "names": names,
                        "versions": [version],
                    ]
                )
            ])
    }

    static func gizmo(_ name: String, _ spec: JSON = [:], in organization: String = "acme") -> Object {
        object(gizmos, name, namespace: "default", organization: organization, [("spec", spec)])
    }

    /// Creates a definition and waits until it is established.
    static func establish(_ definition: Object, _ client: any ObjectClient) async throws {
        _ = try await client.create(CustomResourceDefinition.type, definition, WriteOptions())
        try await eventually("an established definition") {
            try await client.get(CustomResourceDefinition.type, definition.key).condition("Established")?.status == .yes
        }
    }

    static func awaitNamespace(in organization: String, _ client: any ObjectClient) async throws {
        try await eventually("the namespace") {
            try await client.find(Namespace.type, ObjectKey(organization: organization, name: "default")) != nil
        }
    }

    @Test("an established kind is served: pruned, defaulted, checked, told of in discovery and OpenAPI")
    func life() async throws {
        try await ServedKinds.run { served in
            let client = served.client(ServedKindsTests.master(of: "acme"))
            try await Self.awaitNamespace(in: "acme", client)
            try await Self.establish(Self.definition(), client)
            let catalog = served.catalog(.one("acme"))
            let groupVersion = GroupVersion(group: "corpus.example.org", version: "v1")
            let resources = try catalog.discovery.document(.resources(groupVersion), accept: nil)
            let listed = String(decoding: resources?.bytes ?? [], as: UTF8.self)
            #expect(listed.contains(#""shortNames":["gz"]"#))
            let openAPI = catalog.openAPI.document(groupVersion)
            let described = String(decoding: openAPI?.bytes ?? [], as: UTF8.self)
            #expect(described.contains("org.example.corpus.v1.Gizmo"))
            let made = try await client.create(
                Self.gizmos, Self.gizmo("one", ["a": "x", "b": "pruned"]), WriteOptions())
            #expect(made.spec == ["a": "x", "n": 1])
            #expect(made.metadata.generation == 1)
            let error = await #expect(throws: APIError.self) {
                try await client.create(Self.gizmos, Self.gizmo("two", ["n": "many"]), WriteOptions())
            }
            #expect(error?.reason == .invalid)
            let seen = try await client.patch(
                Self.gizmos, made.key, .merge(["spec": ["a": "lost"], "status": ["phase": "Done"]]), .status)
            #expect(seen.status == ["phase": "Done"])
            #expect(seen.spec?["a"] == "x")
        }
    }

    @Test("a definition's objects go before it, its watches end, and its path is gone")
    func deletion() async throws {
        try await ServedKinds.run { served in
            let client = served.client(ServedKindsTests.master(of: "acme"))
            try await Self.awaitNamespace(in: "acme", client)
            let definition = Self.definition()
            try await Self.establish(definition, client)
            var held = Self.gizmo("held")
            held.metadata.finalizers = ["example.org/hold"]
            held = try await client.create(Self.gizmos, held, WriteOptions())
            let watch = try await client.watch(
                Self.gizmos, WatchQuery(Scope(.one("acme")), after: held.metadata.resourceVersion ?? ""))
            try await client.delete(CustomResourceDefinition.type, definition.key, DeleteOptions())
            try await eventually("the object's deletion") {
                try await client.get(Self.gizmos, held.key).isDeleting
            }
            let terminating = try await client.get(CustomResourceDefinition.type, definition.key)
            #expect(terminating.condition("Terminating")?.status == .yes)
            let refusal = await #expect(throws: APIError.self) {
                try await client.create(Self.gizmos, Self.gizmo("late"), WriteOptions())
            }
            #expect(refusal?.reason == .methodNotAllowed)
            _ = try await client.patch(
                Self.gizmos, held.key, .merge(["metadata": ["finalizers": .null]]), WriteOptions())
            try await eventually("the definition's end") {
                try await client.find(CustomResourceDefinition.type, definition.key) == nil
            }
            var last: WatchEvent?
            for try await event in watch {
                if case .bookmark = event { continue }
                last = event
            }
            guard case .deleted? = last else { throw NeverCame(description: "the watch's last deletion") }
            #expect(served.catalog(.one("acme")).kind(Self.gizmos.resource) == nil)
        }
    }

    @Test("a watch goes on under a changed schema, and what was stored before is fitted when read")
    func revision() async throws {
        try await ServedKinds.run { served in
            let client = served.client(ServedKindsTests.master(of: "acme"))
            try await Self.awaitNamespace(in: "acme", client)
            try await Self.establish(Self.definition(), client)
            let old = try await client.create(Self.gizmos, Self.gizmo("old", ["a": "x"]), WriteOptions())
            let watch = try await client.watch(
                Self.gizmos, WatchQuery(Scope(.one("acme")), after: old.metadata.resourceVersion ?? ""))
            let changed = Self.definition(["n": ["type": "integer"], "m": ["type": "string", "default": "new"]])
            _ = try await client.patch(
                CustomResourceDefinition.type, changed.key, .merge(["spec": changed.spec ?? .null]), WriteOptions())
            try await eventually("the new schema") {
                try await client.get(Self.gizmos, old.key).spec == ["n": 1, "m": "new"]
            }
            _ = try await client.create(Self.gizmos, Self.gizmo("young", ["m": "mine"]), WriteOptions())
            for try await event in watch {
                guard case .added(let young) = event else { continue }
                #expect(young.spec == ["m": "mine"])
                break
            }
        }
    }

    @Test("what is defined at the root holds everywhere; what an organization defines, nowhere else")
    func places() async throws {
        try await ServedKinds.run { served in
            let root = served.client(UserInfo(name: "root", groups: [GroupName.masters]))
            let acme = served.client(ServedKindsTests.master(of: "acme"))
            try await Self.establish(Self.definition(), acme)
            #expect(served.catalog(.one("umbrella")).kind(Self.gizmos.resource) == nil)
            #expect(served.catalog(.root).kind(Self.gizmos.resource) == nil)
            let widgets: JSON = ["plural": "widgets", "kind": "Widget"]
            try await Self.establish(Self.definition(names: widgets, in: ""), root)
            let type = GroupVersionResource(group: "corpus.example.org", version: "v1", resource: "widgets")
            for place in [Scope.Organizations.root, .one("acme"), .one("umbrella"), .everywhere] {
                #expect(served.catalog(place).kind(type) != nil)
            }
        }
    }

    @Test("a name in use is not given twice, and is given once it is free")
    func conflict() async throws {
        try await ServedKinds.run { served in
            let client = served.client(ServedKindsTests.master(of: "acme"))
            let first = Self.definition()
            try await Self.establish(first, client)
            let second = Self.definition(names: ["plural": "gizmozoids", "kind": "Gizmo", "singular": "gizmozoid"])
            _ = try await client.create(CustomResourceDefinition.type, second, WriteOptions())
            try await eventually("the conflict") {
                let now = try await client.get(CustomResourceDefinition.type, second.key)
                return now.condition("NamesAccepted")?.reason == "ListKindConflict"
                    && now.condition("Established")?.reason == "NotAccepted"
            }
            try await client.delete(CustomResourceDefinition.type, first.key, DeleteOptions())
            try await eventually("the free name") {
                try await client.get(CustomResourceDefinition.type, second.key).condition("Established")?.status == .yes
            }
        }
    }

    @Test("an organization sees the root's definitions beside its own, and cannot change them")
    func layers() async throws {
        try await ServedKinds.run { served in
            let root = served.client(UserInfo(name: "root", groups: [GroupName.masters]))
            let acme = served.client(ServedKindsTests.master(of: "acme"))
            let umbrella = served.client(ServedKindsTests.master(of: "umbrella"))
            let common = Self.definition(names: ["plural": "widgets", "kind": "Widget"], in: "")
            try await Self.establish(common, root)
            try await Self.establish(Self.definition(), acme)
            func names(_ client: any ObjectClient, _ organization: String) async throws -> [String] {
                let scope = Scope(.one(organization))
                return try await client.listAll(CustomResourceDefinition.type, ListQuery(scope)).items
                    .filter { !$0.isBuiltInDefinition }.map(\.metadata.name).sorted()
            }
            #expect(try await names(acme, "acme") == ["gizmos.corpus.example.org", "widgets.corpus.example.org"])
            #expect(try await names(umbrella, "umbrella") == ["widgets.corpus.example.org"])
            #expect(try await names(root, "") == ["widgets.corpus.example.org"])
            let key = ObjectKey(organization: "acme", name: common.metadata.name)
            #expect(try await acme.get(CustomResourceDefinition.type, key).spec != nil)
            for attempt in [
                { try await acme.delete(CustomResourceDefinition.type, key, DeleteOptions()) },
                {
                    _ = try await acme.patch(
                        CustomResourceDefinition.type, key, .merge(["metadata": ["labels": ["a": "b"]]]),
                        WriteOptions())
                },
            ] as [@Sendable () async throws -> Void] {
                let error = await #expect(throws: APIError.self) { try await attempt() }
                #expect(error?.reason == .forbidden)
            }
            var own = common
            own.organization = "acme"
            let taken = await #expect(throws: APIError.self) {
                try await acme.create(CustomResourceDefinition.type, own, WriteOptions())
            }
            #expect(taken?.reason == .alreadyExists)
        }
    }

    @Test("our own kinds have definitions that every organization reads and nobody changes")
    func builtIn() async throws {
        try await ServedKinds.run { served in
            let root = served.client(UserInfo(name: "root", groups: [GroupName.masters]))
            let acme = served.client(ServedKindsTests.master(of: "acme"))
            let key = ObjectKey(organization: "", name: "organizations.management.scs.community")
            try await eventually("the definition") {
                try await root.find(CustomResourceDefinition.type, key)?.condition("Established")?.status == .yes
            }
            let seen = try await acme.get(
                CustomResourceDefinition.type, ObjectKey(organization: "acme", name: key.name))
            #expect(Definition(seen.tree).versions.map(\.name) == ["v1alpha1"])
            let error = await #expect(throws: APIError.self) {
                try await root.delete(CustomResourceDefinition.type, key, DeleteOptions())
            }
            #expect(error?.reason == .forbidden)
            #expect(error?.message.contains("new release") == true)
        }
    }
}
