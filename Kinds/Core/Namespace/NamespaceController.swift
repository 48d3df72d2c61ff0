// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Login
import Resources
import ServiceLifecycle

/// Empties a namespace that is being deleted, then lets it go.
struct NamespaceController: Sendable {
    static let identity = ServiceIdentity.controller("namespaces")
    private static let poll = Duration.seconds(2)

    let client: any ObjectClient
    /// The kinds that an organization stores, as they are now.
    let types: @Sendable (_ organization: String) -> [ResourceType]

    /// One look at one namespace; answers when to look again while something is left in it.
    func pass(_ key: ObjectKey) async throws -> Duration? {
        guard let namespace = try await client.find(Namespace.type, key), namespace.isDeleting else { return nil }
        try await showTerminating(namespace)
        let remaining = try await empty(key)
        guard remaining.isEmpty else {
            try await tell(remaining, of: key)
            return Self.poll
        }
        try await release(key)
        return nil
    }

    /// Asks for the deletion of everything in a namespace; answers how much of each kind was still there.
    private func empty(_ key: ObjectKey) async throws -> [(ResourceType, Int)] {
        var remaining: [(ResourceType, Int)] = []
        for type in types(key.organization) where type.isNamespaced {
            let query = ListQuery(Scope(.one(key.organization), namespace: key.name), limit: 500)
            let objects = try await client.listAll(type, query).items
            for object in objects where !object.isDeleting {
                try await client.deleteIfThere(type, object, propagation: .background)
            }
            if !objects.isEmpty { remaining.append((type, objects.count)) }
        }
        return remaining
    }

    private func showTerminating(_ namespace: Object) async throws {
        let phase = Namespace.Phase.terminating.rawValue
        guard namespace.status?["phase"]?.string != phase else { return }
        _ = try await client.patch(
            Namespace.type, namespace.key, .merge(["status": ["phase": .string(phase)]]), .status)
    }

    /// Says in the condition that upstream has for it what holds the deletion back.
    private func tell(_ remaining: [(ResourceType, Int)], of key: ObjectKey) async throws {
        guard let namespace = try await client.find(Namespace.type, key) else { return }
        let text = remaining.map { "\($0.0.groupResource.text) has \($0.1) resource instances" }.joined(separator: ", ")
        let message = "Some resources are remaining: \(text)"
        guard namespace.condition("NamespaceContentRemaining")?.message != message else { return }
        let condition: JSON = [
            "type": "NamespaceContentRemaining", "status": "True", "reason": "SomeResourcesRemain",
            "message": .string(message), "lastTransitionTime": .string(namespace.metadata.deletionTimestamp ?? ""),
        ]
        _ = try await client.patch(
            Namespace.type, key, .merge(["status": ["conditions": [condition]]]), .status)
    }

    private func release(_ key: ObjectKey) async throws {
        guard let namespace = try await client.find(Namespace.type, key) else { return }
        try await client.removeFinalizer(Namespace.finalizer, from: namespace, Namespace.type)
    }
}
