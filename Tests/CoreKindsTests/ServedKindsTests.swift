// SPDX-License-Identifier: Apache-2.0

import Access
import Clients
import JSONTree
import Resources
import TestTime
import Testing

@testable import CoreKinds

@Suite("The core kinds on a server", .timeLimit(.minutes(1)))
struct ServedKindsTests {
    static func master(of organization: String) -> UserInfo {
        UserInfo(
            name: "owner", groups: [GroupName.masters, GroupName.authenticated], organization: organization)
    }

    private static func makeNamespace(_ name: String, in organization: String, _ served: ServedKinds) async throws {
        let namespace = object(Namespace.type, name, organization: organization)
        _ = try await served.client(master(of: organization)).create(Namespace.type, namespace, WriteOptions())
    }

    @Test("each organization begins with its namespace, its account and its roles")
    func seeds() async throws {
        try await ServedKinds.run { served in
            for organization in ["acme", "umbrella"] {
                let client = served.client(Self.master(of: organization))
                let account = ObjectKey(organization: organization, namespace: "default", name: "default")
                try await eventually("the account") { try await client.find(ServiceAccount.type, account) != nil }
                let binding = ObjectKey(organization: organization, name: "system:public-info-viewer")
                try await eventually("the binding") { try await client.find(ClusterRoleBinding.type, binding) != nil }
                let view = try await client.get(ClusterRole.type, ObjectKey(organization: organization, name: "view"))
                #expect(view.metadata.labels["kubernetes.io/bootstrapping"] == "rbac-defaults")
            }
        }
    }

    @Test("a binding gives what its role says, where it stands, and no way to more")
    func rights() async throws {
        try await ServedKinds.run { served in
            for organization in ["acme", "umbrella"] { try await Self.makeNamespace("demo", in: organization, served) }
            let owner = served.client(Self.master(of: "acme"))
            let ann = served.client(testUser)
            let secret = object(Secret.type, "s", namespace: "demo", [("stringData", ["a": "1"])])
            await #expect(throws: APIError.self) { try await ann.create(Secret.type, secret, WriteOptions()) }
            let edit = Access.RoleBinding(
                namespace: "demo", name: "ann", role: .clusterRole("edit"), subjects: [.user("ann")]
            ).object(organization: "acme")
            _ = try await owner.create(roleBindingType, edit, WriteOptions())
            try await eventually("the right") {
                (try? await ann.create(Secret.type, secret, WriteOptions())) != nil
            }
            let stored = try await ann.get(Secret.type, secret.key)
            #expect(stored.tree["data"] == ["a": "MQ=="])
            #expect(stored.tree["stringData"] == nil)
            #expect(stored.tree["type"] == "Opaque")
            var more = edit
            more.metadata.name = "more"
            await #expect(throws: APIError.self) { try await ann.create(roleBindingType, more, WriteOptions()) }
            var abroad = secret
            abroad.organization = "umbrella"
            await #expect(throws: APIError.self) { try await ann.create(Secret.type, abroad, WriteOptions()) }
        }
    }

    @Test("a namespace goes with all that is in it, and its namesake elsewhere stays")
    func deletion() async throws {
        try await ServedKinds.run { served in
            for organization in ["acme", "umbrella"] {
                try await Self.makeNamespace("demo", in: organization, served)
                let map = object(configMaps, "m", namespace: "demo", organization: organization)
                _ = try await served.client(Self.master(of: organization)).create(configMaps, map, WriteOptions())
            }
            let owner = served.client(Self.master(of: "acme")), other = served.client(Self.master(of: "umbrella"))
            let key = ObjectKey(organization: "acme", name: "demo")
            try await owner.delete(Namespace.type, key, DeleteOptions())
            try await eventually("the namespace's end") { try await owner.find(Namespace.type, key) == nil }
            #expect(try await owner.listAll(configMaps, ListQuery(Scope(.one("acme")))).items.isEmpty)
            #expect(try await other.listAll(configMaps, ListQuery(Scope(.one("umbrella")))).items.count == 1)
            let first = ObjectKey(organization: "acme", name: "default")
            try await eventually("the first namespace") { try await owner.find(Namespace.type, first) != nil }
            let error = await #expect(throws: APIError.self) {
                try await owner.delete(Namespace.type, first, DeleteOptions())
            }
            #expect(error?.reason == .forbidden)
        }
    }

    @Test("dependents go with their owner, by every propagation", arguments: ["Background", "Foreground", "Orphan"])
    func collection(propagation: String) async throws {
        try await ServedKinds.run { served in
            try await Self.makeNamespace("demo", in: "acme", served)
            let client = served.client(Self.master(of: "acme"))
            let owner = try await client.create(
                configMaps, object(configMaps, "owner", namespace: "demo"), WriteOptions())
            var child = object(Secret.type, "child", namespace: "demo")
            child.metadata.ownerReferences = [OwnerReference(to: owner)]
            _ = try await client.create(Secret.type, child, WriteOptions())
            let policy = try #require(DeleteOptions.Propagation(rawValue: propagation))
            try await client.delete(configMaps, owner.key, DeleteOptions(propagation: policy))
            try await eventually("the owner's end") { try await client.find(configMaps, owner.key) == nil }
            guard policy == .orphan else {
                return try await eventually("the child's end") { try await client.find(Secret.type, child.key) == nil }
            }
            #expect(try await client.get(Secret.type, child.key).metadata.ownerReferences.isEmpty)
        }
    }
}
