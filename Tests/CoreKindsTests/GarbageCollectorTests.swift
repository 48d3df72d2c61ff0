// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Resources
import Synchronization
import TestTime
import Testing

@testable import CoreKinds

@Suite("Garbage collector", .timeLimit(.minutes(1)))
struct GarbageCollectorTests {
    static let boxes = ResourceType(group: "x.example", version: "v1", kind: "Box", plural: "boxes")
    static let rooms = ResourceType(
        group: "x.example", version: "v1", kind: "Room", plural: "rooms", isNamespaced: false)

    /// Objects, and a collector that runs while the body does.
    struct Yard: Sendable {
        let client = MemoryObjectClient()

        @discardableResult
        func add(
            _ name: String, _ type: ResourceType = boxes, owners: [Object] = [], blocks: Bool = true,
            finalizers: [String] = [], organization: String = "acme"
        ) async throws -> Object {
            var new = object(type, name, namespace: type.isNamespaced ? "demo" : "", organization: organization)
            new.metadata.ownerReferences = owners.map {
                var reference = OwnerReference(to: $0, isController: false)
                reference.blocksOwnerDeletion = blocks
                return reference
            }
            new.metadata.finalizers = finalizers
            return try await client.create(type, new, WriteOptions())
        }

        func find(_ object: Object) async throws -> Object? { try await client.find(boxes, object.key) }

        /// Waits until the object is gone.
        func gone(_ object: Object) async throws {
            try await eventually("the end of \(object.metadata.name)") { try await find(object) == nil }
        }

        func run(_ body: @Sendable (Yard) async throws -> Void) async throws {
            let yard = self
            try await withControllers(client, types: [boxes, rooms]) { try await body(yard) }
        }
    }

    @Test("an object goes when its last owner is gone")
    func lastOwner() async throws {
        try await Yard().run { yard in
            let first = try await yard.add("first"), second = try await yard.add("second")
            let child = try await yard.add("child", owners: [first, second])
            let grandchild = try await yard.add("grandchild", owners: [child])
            try await yard.client.delete(Self.boxes, first.key, DeleteOptions())
            try await eventually("the reference's end") {
                try await yard.find(child)?.metadata.ownerReferences.map(\.name) == ["second"]
            }
            try await yard.client.delete(Self.boxes, second.key, DeleteOptions())
            try await yard.gone(child)
            try await yard.gone(grandchild)
        }
    }

    @Test("an object goes that came when its owner was gone already")
    func late() async throws {
        try await Yard().run { yard in
            let owner = try await yard.add("owner")
            try await yard.client.delete(Self.boxes, owner.key, DeleteOptions())
            try await yard.gone(try await yard.add("child", owners: [owner]))
        }
    }

    @Test("an owner of the same name with another uid is no owner")
    func namesake() async throws {
        try await Yard().run { yard in
            let owner = try await yard.add("owner")
            try await yard.client.delete(Self.boxes, owner.key, DeleteOptions())
            try await yard.add("owner")
            try await yard.gone(try await yard.add("child", owners: [owner]))
        }
    }

    @Test("a namesake in another organization saves nobody, and its dependents stay")
    func organizations() async throws {
        try await Yard().run { yard in
            let ours = try await yard.add("owner"), theirs = try await yard.add("owner", organization: "umbrella")
            let child = try await yard.add("child", owners: [ours])
            let other = try await yard.add("child", owners: [theirs], organization: "umbrella")
            try await yard.client.delete(Self.boxes, ours.key, DeleteOptions())
            try await yard.gone(child)
            #expect(try await yard.find(other) != nil)
        }
    }

    @Test("a cluster-scoped owner holds and takes namespaced objects")
    func clusterScoped() async throws {
        try await Yard().run { yard in
            let owner = try await yard.add("room", Self.rooms)
            let child = try await yard.add("child", owners: [owner])
            let bystander = try await yard.add("bystander")
            try await yard.client.delete(Self.rooms, owner.key, DeleteOptions())
            try await yard.gone(child)
            #expect(try await yard.find(bystander) != nil)
        }
    }

    @Test("foreground: the owner stays until the dependents that block it are gone")
    func foreground() async throws {
        try await Yard().run { yard in
            let owner = try await yard.add("owner", finalizers: ["foregroundDeletion"])
            let held = try await yard.add("held", owners: [owner], finalizers: ["x.example/hold"])
            let free = try await yard.add("free", owners: [owner], blocks: false, finalizers: ["x.example/hold"])
            try await yard.client.delete(Self.boxes, owner.key, DeleteOptions())
            try await eventually("the dependent's deletion") { try await yard.find(held)?.isDeleting == true }
            #expect(try await yard.find(owner) != nil)
            _ = try await yard.client.patch(
                Self.boxes, held.key, .merge(["metadata": ["finalizers": .null]]), WriteOptions())
            try await yard.gone(held)
            try await yard.gone(owner)
            try await eventually("the other's deletion") { try await yard.find(free)?.isDeleting == true }
        }
    }

    @Test("orphan: the dependents stay and lose the reference")
    func orphan() async throws {
        try await Yard().run { yard in
            let owner = try await yard.add("owner", finalizers: ["orphan"])
            let child = try await yard.add("child", owners: [owner])
            try await yard.client.delete(Self.boxes, owner.key, DeleteOptions())
            try await yard.gone(owner)
            let orphan = try #require(try await yard.find(child))
            #expect(!orphan.isDeleting)
            #expect(orphan.metadata.ownerReferences.isEmpty)
        }
    }

    /// A collector whose mirrors never heard of anything.
    static func blindCollector(_ client: any ObjectClient) -> GarbageCollector {
        let informers = Informers(client: client)
        let types = [boxes, rooms]
        return GarbageCollector(
            client: client,
            listers: Dictionary(uniqueKeysWithValues: types.map { ($0, informers.informer(for: $0).lister) }))
    }

    @Test("an owner counts as gone only after a live look, never because it was not heard of")
    func liveLook() async throws {
        let yard = Yard()
        let owner = try await yard.add("owner")
        let child = try await yard.add("child", owners: [owner])
        _ = try await Self.blindCollector(yard.client).pass(.init(type: Self.boxes, key: child.key))
        #expect(try await yard.find(child)?.metadata.ownerReferences.count == 1)
        try await yard.client.delete(Self.boxes, owner.key, DeleteOptions())
        _ = try await Self.blindCollector(yard.client).pass(.init(type: Self.boxes, key: child.key))
        #expect(try await yard.find(child) == nil)
    }

    @Test("an owner of a kind that is not known here holds its dependents")
    func unknownKind() async throws {
        let yard = Yard()
        let stranger = ResourceType(group: "y.example", version: "v1", kind: "Unknown", plural: "unknowns")
        var owner = object(stranger, "owner", namespace: "demo")
        owner.metadata.uid = "gone"
        let child = try await yard.add("child", owners: [owner])
        _ = try await Self.blindCollector(yard.client).pass(.init(type: Self.boxes, key: child.key))
        #expect(try await yard.find(child) != nil)
    }
}
