// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("Namespace", .timeLimit(.minutes(1)))
struct NamespaceTests {
    static let key = ObjectKey(organization: "acme", name: "demo")
    static let configMaps = ResourceType(group: "", version: "v1", kind: "ConfigMap", plural: "configmaps")
    static let widgets = ResourceType(group: "x.example", version: "v1", kind: "Widget", plural: "widgets")

    @Test("begins with its label, its finalizer and its phase")
    func beginning() throws {
        let admitted = try Namespace.admit(admission(object(Namespace.type, "demo")))
        #expect(admitted.metadata.labels == ["kubernetes.io/metadata.name": "demo"])
        #expect(admitted.metadata.finalizers == ["kubernetes"])
        #expect(admitted.status?["phase"] == "Active")
    }

    @Test("keeps its finalizer until its controller takes it")
    func finalizer() throws {
        let old = try Namespace.admit(admission(object(Namespace.type, "demo")))
        var new = old
        new.metadata.finalizers = []
        let byUser = try Namespace.admit(admission(new, old: old))
        #expect(byUser.metadata.finalizers == ["kubernetes"])
        let byController = try Namespace.admit(
            admission(new, old: old, user: NamespaceController.identity))
        #expect(byController.metadata.finalizers.isEmpty)
        #expect(try Namespace.admit(admission(new, old: new)).metadata.finalizers.isEmpty)
    }

    @Test("default is not deleted, but by our own controllers")
    func immortal() throws {
        let namespace = object(Namespace.type, "default")
        let error = #expect(throws: APIError.self) {
            try Namespace.admit(admission(namespace, operation: .delete))
        }
        #expect(error?.message == "namespaces \"default\" is forbidden: this namespace may not be deleted")
        _ = try Namespace.admit(
            admission(namespace, operation: .delete, user: NamespaceController.identity))
        _ = try Namespace.admit(admission(object(Namespace.type, "demo"), operation: .delete))
    }

    @Test(
        "has a DNS label as name",
        arguments: [
            ("demo", true), ("a-1", true), (String(repeating: "a", count: 63), true),
            (String(repeating: "a", count: 64), false), ("a.b", false), ("-a", false), ("a-", false), ("A", false),
        ])
    func name(text: String, isGood: Bool) {
        let issues = MetadataRules.issues(in: object(Namespace.type, text), replacing: nil, of: Namespace.kind)
        #expect(issues.isEmpty == isGood)
        #expect(issues.allSatisfy { $0.path == "metadata.name" })
    }

    static func client() async throws -> MemoryObjectClient {
        let client = MemoryObjectClient()
        var namespace = object(Namespace.type, "demo")
        namespace.metadata.finalizers = ["kubernetes"]
        _ = try await client.create(Namespace.type, namespace, WriteOptions())
        return client
    }

    static func controller(_ client: MemoryObjectClient) -> NamespaceController {
        NamespaceController(client: client) { _ in [configMaps, widgets] }
    }

    @Test("is left alone while nobody deletes it")
    func alive() async throws {
        let client = try await Self.client()
        _ = try await client.create(Self.configMaps, object(Self.configMaps, "a", namespace: "demo"), WriteOptions())
        #expect(try await Self.controller(client).pass(Self.key) == nil)
        #expect(try await client.listAll(Self.configMaps, ListQuery(.everywhere)).items.count == 1)
    }

    @Test("is emptied, and goes once nothing is left in it")
    func deletion() async throws {
        let client = try await Self.client()
        var held = object(Self.widgets, "w", namespace: "demo")
        held.metadata.finalizers = ["x.example/hold"]
        _ = try await client.create(Self.widgets, held, WriteOptions())
        for (namespace, organization) in [("demo", "acme"), ("demo", "umbrella"), ("other", "acme")] {
            let map = object(Self.configMaps, "a", namespace: namespace, organization: organization)
            _ = try await client.create(Self.configMaps, map, WriteOptions())
        }
        try await client.delete(Namespace.type, Self.key, DeleteOptions())
        let controller = Self.controller(client)

        #expect(try await controller.pass(Self.key) != nil)
        #expect(try await controller.pass(Self.key) != nil)
        let waiting = try await client.get(Namespace.type, Self.key)
        #expect(waiting.status?["phase"] == "Terminating")
        #expect(
            waiting.condition("NamespaceContentRemaining")?.message
                == "Some resources are remaining: widgets.x.example has 1 resource instances")
        let left = try await client.listAll(Self.configMaps, ListQuery(.everywhere)).items.map(\.key)
        #expect(Set(left.map { "\($0.organization)/\($0.namespace)" }) == ["umbrella/demo", "acme/other"])

        _ = try await client.patch(
            Self.widgets, held.key, .merge(["metadata": ["finalizers": .null]]), WriteOptions())
        #expect(try await controller.pass(Self.key) == nil)
        #expect(try await client.find(Namespace.type, Self.key) == nil)
    }
}
