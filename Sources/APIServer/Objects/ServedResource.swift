// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources
package import Schemas
package import Stores

/// A kind in one of its versions, with what serving it needs made once.
package struct ServedResource: Sendable {
    package let kind: Kind
    package let version: KindVersion
    package let head: StoredObject.Head
    /// What stands before the resourceVersion's digits in a list.
    package let listHead: [UInt8]
    /// What merging needs of the kind's schemas.
    let shapes: KindShapes

    /// The kind in that version, which is one of its own.
    package init(_ kind: Kind, _ version: KindVersion) {
        self.kind = kind
        self.version = version
        shapes = KindShapes(kind)
        let apiVersion = GroupVersion(group: kind.group, version: version.name).text
        head = StoredObject.Head(apiVersion: apiVersion, kind: kind.names.kind)
        listHead = StoredObject.Head(apiVersion: apiVersion, kind: kind.names.listKind).bytes
    }

    package var type: ResourceType { kind.type(version: version.name) }
    package var resource: GroupVersionResource { type.resource }
    package var apiVersion: String { type.kind.groupVersion.text }

    package var isUpstreamType: Bool { kind.isUpstreamType }
}

extension ServedResource {
    /// The object as a tree in this version.
    package func tree(_ stored: Stored) throws -> JSON {
        if stored.object.version == version.name {
            let tree = try stored.object.tree(head, revision: stored.revision.value)
            return kind.isRevised ? version.schema.fitted(tree) : tree
        }
        let written = try stored.object.tree(writtenHead(stored), revision: stored.revision.value)
        return fromStorage(toStorage(written, from: stored.object.version))
    }

    /// The object in this version's bytes; the very same ones when they were written in it.
    package func converted(_ stored: Stored) throws -> Stored {
        guard stored.object.version != version.name || kind.isRevised else { return stored }
        let object = StoredObject(try tree(stored), version: version.name)
        return Stored(key: stored.key, object: object, revision: stored.revision)
    }

    /// A tree in this version as one in the stored version.
    package func toStorage(_ tree: JSON) -> JSON { toStorage(tree, from: version.name) }

    /// A tree in the stored version as one in this version.
    package func fromStorage(_ tree: JSON) -> JSON {
        guard version.name != kind.storageVersion else { return tree }
        var result = version.fromStorage(tree)
        result["apiVersion"] = .string(apiVersion)
        return result
    }

    private func toStorage(_ tree: JSON, from name: String) -> JSON {
        guard name != kind.storageVersion else { return tree }
        var result = kind.version(name)?.toStorage(tree) ?? tree
        result["apiVersion"] = .string(GroupVersion(group: kind.group, version: kind.storageVersion).text)
        return result
    }

    private func writtenHead(_ stored: Stored) -> StoredObject.Head {
        let apiVersion = GroupVersion(group: kind.group, version: stored.object.version).text
        return StoredObject.Head(apiVersion: apiVersion, kind: kind.names.kind)
    }
}
