// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Login
import Resources

/// Deletes what belongs to nothing any more, and does what the propagation policy of a deletion asks for.
///
/// Rules, each with a test of the same name:
/// - an object goes when its last owner is gone
/// - an owner counts as gone only after a live look, never because it was not heard of
/// - an owner of the same name with another uid is no owner
/// - an object with another owner that is there only loses the reference to the one that is gone
/// - foreground: the owner stays until the dependents that block it are gone
/// - orphan: the dependents stay and lose the reference
/// - an owner of a kind that is not known here holds its dependents
///
/// https://kubernetes.io/docs/concepts/architecture/garbage-collection/
struct GarbageCollector: Sendable {
    static let identity = ServiceIdentity.controller("garbage-collector")
    static let foreground = "foregroundDeletion"
    static let orphan = "orphan"

    /// One object of one kind.
    struct Key: Hashable, Sendable {
        var type: ResourceType
        var key: ObjectKey
    }

    let client: any ObjectClient
    /// The mirrors of all kinds that are stored.
    let listers: [ResourceType: Lister]

    /// One look at one object.
    func pass(_ key: Key) async throws -> Duration? {
        guard let object = try await client.find(key.type, key.key) else { return nil }
        let finalizers = object.metadata.finalizers
        if object.isDeleting, finalizers.contains(Self.orphan) {
            try await orphanDependents(of: object, key.type)
        } else if object.isDeleting, finalizers.contains(Self.foreground) {
            try await finishForeground(object, key.type)
        } else if !object.isDeleting, !object.metadata.ownerReferences.isEmpty {
            try await collect(object, key.type)
        }
        return nil
    }
}

// MARK: - Which objects a change concerns

extension GarbageCollector {
    /// The objects to look at after something happened to one of a kind.
    func concerned(by change: ObjectChange, _ type: ResourceType) -> [Key] {
        let object = change.object
        switch change {
        case .added(let object): return concernsItself(object) ? [Key(type: type, key: object.key)] : []
        case .changed(let old, let new):
            let own = concernsItself(new) ? [Key(type: type, key: new.key)] : []
            // An owner that waits may wait no longer for a dependent that let it go.
            return own + (old.metadata.ownerReferences == new.metadata.ownerReferences ? [] : owners(of: old))
        case .deleted: return dependents(of: object).map { Key(type: $0.0, key: $0.1.key) } + owners(of: object)
        }
    }

    private func concernsItself(_ object: Object) -> Bool {
        let metadata = object.metadata
        guard object.isDeleting else { return !metadata.ownerReferences.isEmpty }
        return metadata.finalizers.contains(Self.foreground) || metadata.finalizers.contains(Self.orphan)
    }

    private func owners(of object: Object) -> [Key] {
        object.metadata.ownerReferences.compactMap { ownerKey($0, of: object) }
    }

    /// Where the owner stands; absent when its kind is not known here or its place cannot be told.
    private func ownerKey(_ reference: OwnerReference, of object: Object) -> Key? {
        guard let version = GroupVersion(reference.apiVersion),
            let type = listers.keys.first(where: { $0.kind.kind == reference.kind && $0.kind.group == version.group })
        else { return nil }
        let key = object.key
        guard type.isNamespaced else {
            return Key(type: type, key: ObjectKey(organization: key.organization, name: reference.name))
        }
        guard !key.namespace.isEmpty else { return nil }
        return Key(
            type: type,
            key: ObjectKey(organization: key.organization, namespace: key.namespace, name: reference.name))
    }

    private func dependents(of owner: Object) -> [(ResourceType, Object)] {
        guard let uid = owner.metadata.uid else { return [] }
        return listers.flatMap { type, lister in
            lister.owned(by: uid).filter { $0.organization == owner.organization }.map { (type, $0) }
        }
    }
}

// MARK: - Collecting

extension GarbageCollector {
    private enum OwnerState { case there, gone, waitingForDependents }

    private func collect(_ object: Object, _ type: ResourceType) async throws {
        var states: [(OwnerReference, OwnerState)] = []
        for reference in object.metadata.ownerReferences {
            states.append((reference, try await state(of: reference, owning: object)))
        }
        let remaining = states.filter { $0.1 == .there }.map(\.0)
        guard remaining.count < states.count else { return }
        guard remaining.isEmpty else {
            return try await client.patchMetadata(
                of: object, type, ["ownerReferences": .array(remaining.map(\.tree))])
        }
        let isWaitedFor = states.contains { $0.1 == .waitingForDependents }
        let hasDependents = !dependents(of: object).isEmpty
        try await client.deleteIfThere(
            type, object, propagation: isWaitedFor && hasDependents ? .foreground : .background)
    }

    private func state(of reference: OwnerReference, owning object: Object) async throws -> OwnerState {
        guard let key = ownerKey(reference, of: object) else { return .there }
        guard let owner = try await owner(at: key, uid: reference.uid) else { return .gone }
        let isWaiting = owner.isDeleting && owner.metadata.finalizers.contains(Self.foreground)
        return isWaiting && reference.blocksOwnerDeletion ? .waitingForDependents : .there
    }

    /// The owner from the mirror, or, when it is not there, from a live look.
    private func owner(at key: Key, uid: String) async throws -> Object? {
        if let known = listers[key.type]?.get(key.key), known.metadata.uid == uid { return known }
        let found = try await client.find(key.type, key.key)
        return found?.metadata.uid == uid ? found : nil
    }

    /// Asks for the deletion of the dependents, and lets the owner go once none blocks it any more.
    private func finishForeground(_ owner: Object, _ type: ResourceType) async throws {
        let blocking = dependents(of: owner).filter { _, dependent in
            dependent.metadata.ownerReferences.contains { $0.uid == owner.metadata.uid && $0.blocksOwnerDeletion }
        }
        guard !blocking.isEmpty else { return try await client.removeFinalizer(Self.foreground, from: owner, type) }
        for (type, dependent) in blocking where !dependent.isDeleting {
            guard let object = try await client.find(type, dependent.key), !object.isDeleting else { continue }
            try await collect(object, type)
        }
    }

    /// Takes the reference from all dependents, then lets the owner go.
    private func orphanDependents(of owner: Object, _ type: ResourceType) async throws {
        for (type, dependent) in dependents(of: owner) {
            guard let object = try await client.find(type, dependent.key) else { continue }
            let references = object.metadata.ownerReferences.filter { $0.uid != owner.metadata.uid }
            guard references.count < object.metadata.ownerReferences.count else { continue }
            try await client.patchMetadata(of: object, type, ["ownerReferences": .array(references.map(\.tree))])
        }
        try await client.removeFinalizer(Self.orphan, from: owner, type)
    }
}
