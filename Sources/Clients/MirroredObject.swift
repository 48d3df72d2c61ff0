// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

/// What a mirror keeps of an object: its text, and what is asked of it most.
///
/// A tree takes several times the memory of its text. Controllers read most of their objects from the server, so a mirror
/// is asked for few of its own, and those it reads again.
struct MirroredObject: Sendable {
    let key: ObjectKey
    let uid: String?
    let resourceVersion: String?
    /// The uids of its owners.
    let owners: [String]
    private let text: [UInt8]

    init(_ object: Object) {
        let metadata = object.metadata
        key = object.key
        uid = metadata.uid
        resourceVersion = metadata.resourceVersion
        owners = metadata.ownerReferences.map(\.uid)
        text = object.tree.bytes
    }

    /// The whole object.
    var object: Object {
        guard let tree = try? JSON(parsing: text, limits: .stored) else {
            preconditionFailure("a tree that was printed here can be read again")
        }
        return Object(tree, organization: key.organization)
    }
}

/// What became of one object of a mirror; the whole objects are made when somebody listens.
enum MirrorChange: Sendable {
    case added(MirroredObject)
    case changed(old: MirroredObject, new: MirroredObject)
    case deleted(MirroredObject)

    var told: ObjectChange {
        switch self {
        case .added(let object): .added(object.object)
        case .changed(let old, let new): .changed(old: old.object, new: new.object)
        case .deleted(let object): .deleted(object.object)
        }
    }
}
