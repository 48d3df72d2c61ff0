// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Login
import Resources
import Stores

/// The certificate authority and the keys of service-account tokens.
///
/// They live in the store as Secrets of the namespace `scs-system` at the root, encrypted, so that replicas share one key
/// file and nothing else. Whoever starts first makes them.
struct KeyMaterial: Sendable {
    let authority: CertificateAuthority
    let tokenKeys: SigningKeys

    static let namespace = "scs-system"

    /// Reads the keys, or makes and keeps them; a replica that is faster wins.
    init(in store: any Store, now: Int64) async throws {
        let vault = Vault(store: store, now: now)
        let authority = try await vault.keep("certificate-authority") {
            let made = try CertificateAuthority(name: "SCS Central", now: now)
            return try ["ca.crt": made.certificatePEM, "ca.key": made.keyPEM]
        }
        self.authority = try CertificateAuthority(
            certificatePEM: authority["ca.crt"] ?? "", keyPEM: authority["ca.key"] ?? "")
        let keys = try await vault.keep("service-account-keys") {
            ["keys.json": SigningKeys(now: now).tree.text]
        }
        let tree = try JSON(parsing: Array((keys["keys.json"] ?? "").utf8))
        guard let tokenKeys = SigningKeys(tree: tree) else { throw Damaged(name: "service-account-keys") }
        self.tokenKeys = tokenKeys
    }

    /// A Secret of ours that somebody has changed into something else.
    struct Damaged: Error, CustomStringConvertible {
        let name: String
        var description: String {
            "the secret \(namespace)/\(name) cannot be read; restore it, or delete it to have a new one made"
        }
    }
}

/// Secrets of our own, read and written below the API, before there is one.
private struct Vault {
    let store: any Store
    let now: Int64

    /// The texts of a Secret; made by `make` when it is absent.
    func keep(_ name: String, _ make: () throws -> [String: String]) async throws -> [String: String] {
        let key = StoreKey(
            GroupResource(group: "", resource: "secrets"),
            ObjectKey(organization: "", namespace: KeyMaterial.namespace, name: name))
        if let stored = try await store.get(key) { return try texts(stored.object, name) }
        let object = StoredObject(secret(name, try make()), version: "v1")
        do {
            _ = try await store.commit(Change(key: key, expectation: .absent, write: .put(object)))
        } catch StoreError.exists {}
        guard let stored = try await store.get(key) else { throw KeyMaterial.Damaged(name: name) }
        return try texts(stored.object, name)
    }

    private func secret(_ name: String, _ texts: [String: String]) -> JSON {
        let data = texts.sorted { $0.key < $1.key }.map { ($0.key, JSON.string(Base64.encode($0.value))) }
        return [
            "metadata": [
                "name": .string(name), "namespace": .string(KeyMaterial.namespace), "uid": .string(UID.random()),
                "creationTimestamp": .string(Timestamp(seconds: now).text),
            ],
            "type": "Opaque", "data": .object(JSONObject(data)),
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
