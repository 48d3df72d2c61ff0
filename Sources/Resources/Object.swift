// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// One object as it travels: the whole tree, with its metadata readable by name.
///
/// The organization is no part of the tree (a Kubernetes client knows none); whoever reads the object knows where it read.
package struct Object: Hashable, Sendable {
    package var tree: JSON
    /// The organization it lives in; empty at the provider's root.
    package var organization: String

    package init(_ tree: JSON, organization: String = "") {
        self.tree = tree
        self.organization = organization
    }

    /// A new object with the least that one has.
    package init(_ kind: GroupVersionKind, key: ObjectKey, spec: JSON? = nil) {
        var metadata: JSON = ["name": .string(key.name)]
        if !key.namespace.isEmpty { metadata["namespace"] = .string(key.namespace) }
        tree = ["apiVersion": .string(kind.groupVersion.text), "kind": .string(kind.kind), "metadata": metadata]
        if let spec { tree["spec"] = spec }
        organization = key.organization
    }
}

extension Object {
    /// Reads and writes `metadata` through typed members; unknown members stay as they are.
    package var metadata: Metadata {
        get { Metadata(tree: tree["metadata"] ?? .object(JSONObject())) }
        set { tree["metadata"] = newValue.tree }
    }

    package var spec: JSON? {
        get { tree["spec"] }
        set { tree["spec"] = newValue }
    }

    package var status: JSON? {
        get { tree["status"] }
        set { tree["status"] = newValue }
    }

    package var apiVersion: String { tree["apiVersion"]?.string ?? "" }
    package var kind: String { tree["kind"]?.string ?? "" }

    package var groupVersionKind: GroupVersionKind {
        let groupVersion = GroupVersion(apiVersion) ?? GroupVersion(group: "", version: apiVersion)
        return GroupVersionKind(group: groupVersion.group, version: groupVersion.version, kind: kind)
    }

    package var key: ObjectKey {
        let metadata = metadata
        return ObjectKey(organization: organization, namespace: metadata.namespace, name: metadata.name)
    }

    package var reference: ObjectReference { ObjectReference(kind: groupVersionKind, key: key, uid: metadata.uid) }

    /// True once somebody asked for its deletion; it stays until its last finalizer is gone.
    package var isDeleting: Bool { metadata.deletionTimestamp != nil }
}
