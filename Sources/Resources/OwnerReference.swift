// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// "Belongs to": when the last owner is gone, the object goes.
///
/// Owners live in the same organization and namespace, or are cluster-scoped.
/// https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/
package struct OwnerReference: Hashable, Sendable {
    package var apiVersion: String
    package var kind: String
    package var name: String
    package var uid: String
    /// At most one owner of an object manages it.
    package var isController: Bool
    /// Holds a foreground deletion of the owner back until this object is gone.
    package var blocksOwnerDeletion: Bool

    package init(
        apiVersion: String, kind: String, name: String, uid: String, isController: Bool = false,
        blocksOwnerDeletion: Bool = false
    ) {
        self.apiVersion = apiVersion
        self.kind = kind
        self.name = name
        self.uid = uid
        self.isController = isController
        self.blocksOwnerDeletion = blocksOwnerDeletion
    }

    package init(to owner: Object, isController: Bool = true) {
        let metadata = owner.metadata
        self.init(
            apiVersion: owner.apiVersion, kind: owner.kind, name: metadata.name, uid: metadata.uid ?? "",
            isController: isController, blocksOwnerDeletion: true)
    }

    package init?(tree: JSON) {
        guard let apiVersion = tree["apiVersion"]?.string, let kind = tree["kind"]?.string,
            let name = tree["name"]?.string, let uid = tree["uid"]?.string
        else { return nil }
        self.init(
            apiVersion: apiVersion, kind: kind, name: name, uid: uid,
            isController: tree["controller"]?.bool ?? false,
            blocksOwnerDeletion: tree["blockOwnerDeletion"]?.bool ?? false)
    }

    package var tree: JSON {
        var tree: JSON = [
            "apiVersion": .string(apiVersion), "kind": .string(kind), "name": .string(name), "uid": .string(uid),
        ]
        if isController { tree["controller"] = true }
        if blocksOwnerDeletion { tree["blockOwnerDeletion"] = true }
        return tree
    }
}
