// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Stores

/// Secrets of our own, read and written below the API, before there is one.
struct Vault: Sendable {
    let store: any Store
    /// Seconds since 1970.
    let now: @Sendable () -> Int64

    /// The texts of a Secret; made by `make` when it is absent.
    func keep(_ name: String, _ make: () throws -> [String: String]) async throws -> [String: String] {
        let key = key(name)
        if let stored = try await store.get(key) { return try texts(stored.object, name) }
        let object = StoredObject(secret(name, try make()), version: "v1")
        do {
            _ = try await store.commit(Change(key: key, expectation: .absent, write: .put(object)))
        } catch StoreError.exists {}
        guard let stored = try await store.get(key) else { throw KeyMaterial.Damaged(name: name) }
        return try texts(stored.object, name)
    }

    /// Replaces the texts of a Secret by what `change` makes of them, and gives what is there in the end.
    ///
    /// Somebody who is faster wins, and is asked nothing again; without a change nothing is written.
    func change(
        _ name: String, _ change: ([String: String]) throws -> [String: String]?
    ) async throws -> [String: String] {
        guard let stored = try await store.get(key(name)) else { throw KeyMaterial.Damaged(name: name) }
        guard let changed = try change(try texts(stored.object, name)) else { return try texts(stored.object, name) }
        var tree = try stored.object.tree(.init(apiVersion: "v1", kind: "Secret"), revision: 0)
        tree["data"] = data(changed)
        for member in ["apiVersion", "kind"] { tree[member] = nil }
        tree["metadata"]?["resourceVersion"] = nil
        let object = StoredObject(tree, version: "v1")
        do {
            _ = try await store.commit(
                Change(key: stored.key, expectation: .revision(stored.revision), write: .put(object)))
        } catch StoreError.conflict {}
        guard let now = try await store.get(key(name)) else { throw KeyMaterial.Damaged(name: name) }
        return try texts(now.object, name)
    }

    private func key(_ name: String) -> StoreKey {
        StoreKey(
            GroupResource(group: "", resource: "secrets"),
            ObjectKey(organization: "", namespace: KeyMaterial.namespace, name: name))
    }

    private func data(_ texts: [String: String]) -> JSON {
        .object(JSONObject(texts.sorted { $0.key < $1.key }.map { ($0.key, JSON.string(Base64.encode($0.value))) }))
    }

    private func secret(_ name: String, _ texts: [String: String]) -> JSON {
        [
            "metadata": [
                "name": .string(name), "namespace": .string(KeyMaterial.namespace), "uid": .string(UID.random()),
                "creationTimestamp": .string(Timestamp(seconds: now()).text),
            ],
            "type": "Opaque", "data": data(texts),
        ]
    }

    private func texts(_ object: StoredObject, _ name: String) throws -> [String: String] {
        let tree = try object.tree(.init(apiVersion: "v1", kind: "Secret"), revision: 0)
        guard let members = tree["data"]?.object?.members else { throw KeyMaterial.Damaged(name: name) }
        return Dictionary(
            members.compactMap { member in
                member.value.string.flatMap(Base64.decode).map { (member.key, $0) }
            }, uniquingKeysWith: { _, last in last })
    }
}
