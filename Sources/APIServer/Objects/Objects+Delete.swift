// SPDX-License-Identifier: Apache-2.0

import Clients
package import Resources
import Schemas
import JSONTree
package import Stores

/// What a deletion came to.
package enum Deleted: Sendable {
    /// Gone; the uid it had.
    case gone(uid: String?)
    /// Still there until its finalizers are gone.
    case held(Stored)
}

extension Objects {
    /// Asks for an object's deletion; throws `notFound`, and `conflict` when a precondition does not hold.
    package func delete(_ target: Target, _ settings: DeletionSettings, by user: UserInfo) async throws -> Deleted {
        try await permit("delete", target, to: user)
        return try await remove(target, settings, by: user)
    }

    /// Asks for the deletion of all that is selected; returns what was there, those still held as they are now.
    package func deleteAll(
        _ target: Target, _ options: ListOptions, _ settings: DeletionSettings, by user: UserInfo
    ) async throws -> ObjectPage {
        try await permit("deletecollection", target, to: user)
        var page = try await page(target, options)
        if let organization = target.upperLayer { page.items.removeAll { $0.key.object.organization != organization } }
        for (index, item) in page.items.enumerated() {
            do {
                let one = target.named(item.key.object.name)
                let here = one.inNamespace(item.key.object.namespace)
                if case .held(let now) = try await remove(here, settings, by: user) { page.items[index] = now }
            } catch let error as APIError where error.reason == .notFound {
                continue
            }
        }
        return page
    }

    private func remove(_ target: Target, _ settings: DeletionSettings, by user: UserInfo) async throws -> Deleted {
        try await retried(target) {
            let old = try await changeable(target)
            let tree = try target.served.toStorage(target.served.tree(old)).withoutResourceVersion
            try Farewell(Object(tree), old.revision, settings).checkPreconditions(target)
            try await reviewDeletion(of: tree, old.revision, target, settings, by: user)
            let kept = try await admitDeletion(of: tree, target, settings, by: user)
            return try await carryOut(Farewell(kept, old.revision, settings), old, before: tree, target, settings)
        }
    }

    /// The object as its kind lets it go: perhaps with a finalizer that holds it.
    private func admitDeletion(
        of tree: JSON, _ target: Target, _ settings: DeletionSettings, by user: UserInfo
    ) async throws -> Object {
        let organization = if case .one(let name) = target.organizations { name } else { "" }
        let object = Object(tree, organization: organization)
        return try await target.kind.admission(
            AdmissionRequest(
                operation: .delete, object: object, old: object, user: user, isDryRun: settings.isDryRun,
                objects: reader))
    }

    private func carryOut(
        _ farewell: Farewell, _ old: Stored, before: JSON, _ target: Target, _ settings: DeletionSettings
    ) async throws -> Deleted {
        let after = farewell.marked(
            now: Timestamp(seconds: surroundings.seconds).text, counts: !target.served.isUpstreamType)
        let object = StoredObject(after.tree, version: target.kind.storageVersion)
        let isGone = after.metadata.finalizers.isEmpty
        var revision = old.revision
        if !settings.isDryRun, isGone || after.tree != before {
            // What goes at once is last seen as it was.
            let last = StoredObject(before, version: target.kind.storageVersion)
            let write: Change.Write = isGone ? .delete(last: last) : .put(object)
            revision = try await commit(
                Change(key: old.key, expectation: .revision(old.revision), write: write), target)
        }
        if isGone { return .gone(uid: after.metadata.uid) }
        return .held(try target.served.converted(Stored(key: old.key, object: object, revision: revision)))
    }
}

/// An object whose deletion was asked for.
private struct Farewell {
    static let foreground = "foregroundDeletion"
    static let orphan = "orphan"

    let object: Object
    let revision: Revision
    let settings: DeletionSettings

    init(_ object: Object, _ revision: Revision, _ settings: DeletionSettings) {
        self.object = object
        self.revision = revision
        self.settings = settings
    }

    func checkPreconditions(_ target: Target) throws(APIError) {
        let name = object.metadata.name
        if let uid = settings.uid, uid != object.metadata.uid {
            throw target.deletionRefused(
                name,
                "the UID in the precondition (\(uid.shortened)) does not match the UID in record "
                    + "(\(object.metadata.uid ?? "")). The object might have been deleted and then recreated")
        }
        if let version = settings.resourceVersion, version != String(revision.value) {
            throw target.deletionRefused(
                name,
                "the ResourceVersion in the precondition (\(version.shortened)) does not match the ResourceVersion "
                    + "in record (\(revision.value)). The object might have been modified")
        }
    }

    /// The object with its deletion asked for and the finalizers that the propagation wants.
    ///
    /// https://kubernetes.io/docs/concepts/architecture/garbage-collection/#cascading-deletion
    func marked(now: String, counts: Bool) -> Object {
        var object = object
        var metadata = object.metadata
        if let propagation = settings.propagation {
            var finalizers = metadata.finalizers.filter { $0 != Self.foreground && $0 != Self.orphan }
            switch propagation {
            case .background: break
            case .foreground: finalizers.append(Self.foreground)
            case .orphan: finalizers.append(Self.orphan)
            }
            if Set(finalizers) != Set(metadata.finalizers) { metadata.finalizers = finalizers }
        }
        if metadata.deletionTimestamp == nil {
            metadata.deletionTimestamp = now
            metadata.tree["deletionGracePeriodSeconds"] = 0
            if counts { metadata.generation += 1 }
        }
        object.metadata = metadata
        return object
    }
}

extension Target {
    func inNamespace(_ namespace: String) -> Target {
        Target(
            served, in: organizations, namespace: kind.isNamespaced ? namespace : self.namespace, name: name,
            subresource: subresource)
    }
}
