// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Merging
import Resources
import Schemas
import Stores

/// How a new object and what is stored become one: each door changes its own part only.
struct Replacement {
    let target: Target
    let old: Stored
    /// What is stored, in the stored version, without a resourceVersion.
    let before: JSON
    /// What shall be, in the stored version, as the client has it.
    private let new: JSON

    /// A change from `current` to `new`, both in the target's version.
    init(_ target: Target, _ old: Stored, current: JSON, new: JSON) {
        self.target = target
        self.old = old
        before = target.served.toStorage(current).withoutResourceVersion
        self.new = target.served.toStorage(new)
    }

    /// Throws `conflict` when the client's resourceVersion is not the present one.
    func checkVersion() throws(APIError) {
        let name = old.key.object.name
        try checkUID(name)
        guard let version = new["metadata"]?["resourceVersion"]?.string, !version.isEmpty else {
            if target.served.isUpstreamType { return }
            let issue = FieldIssue(
                path: "metadata.resourceVersion", value: 0, message: "must be specified for an update")
            // Upstream names the plural here.
            throw APIError.invalid(
                group: target.kind.group, kind: target.kind.names.plural, name: name.shortened, [issue])
        }
        guard Int64(version) != nil else {
            throw .badRequest("metadata.resourceVersion must be one that the server gave, is \"\(version.shortened)\"")
        }
        guard version == String(old.revision.value) else { throw target.conflict(name) }
    }

    /// Upstream's own kinds take another uid for a precondition that does not hold, others for a change.
    private func checkUID(_ name: String) throws(APIError) {
        let known = before["metadata"]?["uid"]?.string ?? ""
        guard target.served.isUpstreamType, let uid = new["metadata"]?["uid"]?.string, !uid.isEmpty, uid != known
        else { return }
        throw target.preconditionFailed(
            name, "Precondition failed: UID in precondition: \(uid.shortened), UID in object meta: \(known)")
    }

    /// The new object as it would be stored, before admission.
    var merged: JSON {
        if target.subresource == "status" {
            var result = before
            result["status"] = new["status"]
            return result
        }
        var result = new
        if target.served.version.hasStatus { result["status"] = before["status"] }
        result["metadata"] = metadata
        return result
    }

    /// The client's metadata, but for what only the server decides.
    private var metadata: JSON {
        let sent = new["metadata"] ?? .null
        let known = before["metadata"] ?? .null
        var result = JSON.object(JSONObject())
        for key in ["name", "namespace", "uid", "creationTimestamp", "generation"] {
            let isSent = key == "uid" && sent[key]?.string?.isEmpty == false
            result[key] = isSent ? sent[key] : known[key]
        }
        for member in sent.object?.members ?? [] where result[member.key] == nil && !member.value.isNull {
            guard !ServerFields.neverSent.contains(member.key), member.key != "generation" else { continue }
            result[member.key] = member.value
        }
        for key in ["deletionTimestamp", "deletionGracePeriodSeconds", "managedFields"] { result[key] = known[key] }
        return result.withoutEmptyMetadata
    }

    /// The books after the change, unless the change brings its own: it is the writer's, as far as its door lets it through.
    func books(_ ownership: Ownership) -> ManagedFields {
        let served = target.served
        return ownership.updated(
            live: served.fromStorage(before), new: served.fromStorage(merged),
            sent: new["metadata"]?["managedFields"])
    }

    /// Whether anything is left to be stored: new times of the same books are nothing.
    func changes(_ after: JSON) -> Bool {
        guard after != before else { return false }
        guard after.withoutManagedFields == before.withoutManagedFields else { return true }
        return !ManagedFields(of: after).agrees(with: ManagedFields(of: before))
    }

    /// The object with its generation moved when more than metadata and status changed.
    func counted(_ admitted: JSON) -> JSON {
        guard target.kind.countsGeneration, target.subresource == nil else { return admitted }
        let keys = Set((admitted.object?.keys ?? []) + (before.object?.keys ?? []))
        let passive: Set<String> = target.served.version.hasStatus ? ["metadata", "status"] : ["metadata"]
        guard keys.subtracting(passive).contains(where: { admitted[$0] != before[$0] }) else { return admitted }
        var object = Object(admitted)
        object.metadata.generation = Object(before).metadata.generation + 1
        return object.tree
    }
}

/// Members of `metadata` that clients may send and the server decides.
enum ServerFields {
    static let neverSent = [
        "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields",
    ]
}

extension JSON {
    /// An object with these books.
    func with(_ managed: ManagedFields) -> JSON {
        var metadata = self["metadata"] ?? .object(JSONObject())
        metadata["managedFields"] = managed.tree
        var tree = self
        tree["metadata"] = metadata
        return tree
    }

    fileprivate var withoutManagedFields: JSON { with(ManagedFields()) }

    var withoutResourceVersion: JSON {
        var tree = self
        var metadata = tree["metadata"] ?? .object(JSONObject())
        metadata["resourceVersion"] = nil
        tree["metadata"] = metadata
        return tree
    }

    /// Metadata without labels and the like that hold nothing, so that absent and empty are one.
    var withoutEmptyMetadata: JSON {
        var tree = self
        for key in ["labels", "annotations", "finalizers", "ownerReferences"] {
            if tree[key]?.object?.isEmpty ?? tree[key]?.array?.isEmpty ?? false { tree[key] = nil }
        }
        return tree
    }
}
