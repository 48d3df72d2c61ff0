// SPDX-License-Identifier: Apache-2.0

import APIServer
import CoreKinds
import JSONTree
import Login
import Resources
import SiteKinds
import Stores

/// What the machinery asks of a few kinds that it does not know, answered from the cache.
struct StoredDirectory: Sendable {
    let cache: WatchCache

    var places: Places {
        Places(
            organizationExists: { await organizationExists($0) },
            namespaceState: { await namespaceState($1, in: $0) })
    }

    private func organizationExists(_ name: String) async -> Bool {
        await stored(.organization, ObjectKey(organization: "", name: name)) != nil
    }

    private func namespaceState(_ name: String, in organization: String) async -> Places.NamespaceState {
        guard let metadata = await metadata(.namespace, ObjectKey(organization: organization, name: name)) else {
            // Our own keys live here before anybody has made the namespace.
            return organization.isEmpty && name == KeyMaterial.namespace ? .active : .absent
        }
        return metadata.deletionTimestamp == nil ? .active : .terminating
    }

    /// The uid of the service account that has that name now.
    func uid(of account: ServiceAccountReference) async -> String? {
        let key = ObjectKey(
            organization: account.organization, namespace: account.namespace, name: account.name)
        return await uid(CoreKinds.serviceAccountType, key)
    }

    /// The uid of the Secret at that key.
    func uid(ofSecret key: ObjectKey) async -> String? { await uid(CoreKinds.secretType, key) }

    /// What is being deleted counts as gone: nothing that it vouches for is good any longer.
    private func uid(_ type: ResourceType, _ key: ObjectKey) async -> String? {
        guard let metadata = await metadata(type, key), metadata.deletionTimestamp == nil else { return nil }
        return metadata.uid
    }

    /// What an organization says about its issuers; absent when there is no such organization.
    func issuers(of organization: String) async -> Issuers.Source? {
        let key = ObjectKey(organization: "", name: organization)
        guard let stored = await stored(.organization, key) else { return nil }
        return Issuers.Source(version: stored.revision.value) {
            let kind = ResourceType.organization.kind
            let head = StoredObject.Head(apiVersion: kind.groupVersion.text, kind: kind.kind)
            return try? stored.object.tree(head, revision: stored.revision.value)["spec"]?["issuers"]
        }
    }

    private func metadata(_ type: ResourceType, _ key: ObjectKey) async -> Metadata? {
        (try? await stored(type, key)?.object.metadata()).map(Metadata.init(tree:))
    }

    private func stored(_ type: ResourceType, _ key: ObjectKey) async -> Stored? {
        (try? await cache.get(StoreKey(type.groupResource, key))) ?? nil
    }
}
