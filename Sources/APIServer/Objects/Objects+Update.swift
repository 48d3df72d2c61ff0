// SPDX-License-Identifier: Apache-2.0

package import Clients
package import JSONTree
import Merging
package import Resources
import Schemas
import Stores

extension Objects {
    /// Replaces an object; throws `conflict` when the body's resourceVersion is not the present one.
    package func update(
        _ target: Target, _ body: ParsedJSON, _ settings: WriteSettings, by user: UserInfo
    ) async throws -> Written {
        try await permit("update", target, to: user)
        return try await retried(target) {
            let old = try await changeable(target)
            var intake = Intake(target, settings, duplicates: body.duplicateKeys)
            let new = try intake.accept(body.tree)
            let change = Replacement(target, old, current: try target.served.tree(old), new: new)
            let stored = try await replace(change, settings, by: user)
            return Written(stored, warnings: intake.warnings)
        }
    }

    /// Changes part of an object; is tried again when another write comes between, unless the patch names a resourceVersion.
    package func patch(
        _ target: Target, _ patch: Patch, _ settings: WriteSettings, by user: UserInfo
    ) async throws -> Written {
        if case .apply(let configuration, let force) = patch {
            return try await apply(target, configuration, force: force, settings, by: user)
        }
        try await permit("patch", target, to: user)
        return try await retried(target) {
            let old = try await changeable(target)
            let current = try target.served.tree(old)
            var intake = Intake(target, settings)
            let new = try intake.accept(PatchWork(target).apply(patch, to: current))
            let change = Replacement(target, old, current: current, new: new)
            let stored = try await replace(change, settings, by: user)
            return Written(stored, warnings: intake.warnings)
        }
    }

    /// Puts the new object in the place of the old one; returns it in the target's version.
    ///
    /// - Parameters:
    ///   - managed: the books after the change, where they do not follow from it.
    ///   - isReviewed: whether webhooks were asked already.
    func replace(
        _ change: Replacement, _ settings: WriteSettings, managed: ManagedFields? = nil, isReviewed: Bool = false,
        by user: UserInfo
    ) async throws -> Stored {
        let (target, old) = (change.target, change.old)
        try change.checkVersion()
        let managed = managed ?? change.books(ownership(target, settings))
        let proposal = Proposal(
            object: change.merged, old: change.before, target: target, user: user, isDryRun: settings.isDryRun,
            revision: old.revision, managed: managed, fieldManager: settings.fieldManager, isReviewed: isReviewed)
        let after = change.counted(try await admitted(proposal)).with(managed)
        guard change.changes(after) || old.object.version != target.kind.storageVersion else {
            return try target.served.converted(old)
        }
        let object = StoredObject(after, version: target.kind.storageVersion)
        let revision = try await store(object, after, replacing: old, target, settings)
        return try target.served.converted(Stored(key: old.key, object: object, revision: revision))
    }

    /// Commits the change; an object under deletion whose last finalizer goes, goes too.
    private func store(
        _ object: StoredObject, _ tree: JSON, replacing old: Stored, _ target: Target, _ settings: WriteSettings
    ) async throws -> Revision {
        guard !settings.isDryRun else { return old.revision }
        let new = Object(tree)
        let isLast = new.isDeleting && new.metadata.finalizers.isEmpty
        let change = Change(
            key: old.key, expectation: .revision(old.revision), write: isLast ? .delete(last: object) : .put(object))
        let revision = try await commit(change, target)
        return isLast ? old.revision : revision
    }
}
