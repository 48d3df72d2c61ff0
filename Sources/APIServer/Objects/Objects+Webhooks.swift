// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Merging
import Resources
import Schemas
import Stores

/// Between the engine's proposals and what webhooks are asked.
extension Objects {
    /// The proposal as the mutating webhooks leave it: pruned, with defaults, and with nothing changed that is not theirs.
    func mutated(_ proposal: Proposal, by webhooks: [PlacedWebhook]) async throws -> Proposal {
        guard let review, webhooks.contains(where: { $0.webhook.form == .mutating }) else { return proposal }
        let asked = proposal.review(isFinal: false)
        let answered = try await review.mutated(asked, by: webhooks, uid: surroundings.uid)
        guard answered != asked.object else { return proposal }
        let schema = proposal.target.served.version.schema
        let complete = proposal.target.kind.completion(schema.defaulted(schema.pruned(answered).tree))
        return proposal.taking(proposal.target.served.toStorage(complete))
    }

    /// Throws the refusal of a validating webhook.
    func validate(_ proposal: Proposal, by webhooks: [PlacedWebhook]) async throws {
        guard let review, !webhooks.isEmpty else { return }
        try await review.validate(proposal.review(isFinal: true), by: webhooks, uid: surroundings.uid)
    }

    /// Asks all webhooks about a deletion; throws a refusal.
    func reviewDeletion(
        of tree: JSON, _ revision: Revision, _ target: Target, _ settings: DeletionSettings, by user: UserInfo
    ) async throws {
        guard let review else { return }
        let webhooks = try await review.webhooks(for: target)
        guard !webhooks.isEmpty else { return }
        let asked = Review(
            operation: .delete, target: target, object: .null,
            old: target.served.fromStorage(tree).with(revision), user: user, isDryRun: settings.isDryRun,
            options: settings.tree)
        _ = try await review.mutated(asked, by: webhooks, uid: surroundings.uid)
        try await review.validate(asked, by: webhooks, uid: surroundings.uid)
    }

    /// What is sent through a door that has a kind of its own, as webhooks leave it; throws a refusal.
    func reviewed(
        _ body: JSON, old: JSON?, _ kind: GroupVersionKind, _ target: Target, isDryRun: Bool, by user: UserInfo
    ) async throws -> JSON {
        guard let review else { return body }
        let webhooks = try await review.webhooks(for: target)
        guard !webhooks.isEmpty else { return body }
        var asked = Review(
            operation: old == nil ? .create : .update, target: target, object: body, old: old ?? .null, user: user,
            isDryRun: isDryRun, options: Proposal.options(old == nil ? "CreateOptions" : "UpdateOptions", isDryRun),
            doorKind: kind)
        asked.object = try await review.mutated(asked, by: webhooks, uid: surroundings.uid)
        try await review.validate(asked, by: webhooks, uid: surroundings.uid)
        return asked.object
    }
}

extension Proposal {
    /// - Parameter isFinal: whether the server has decided what it decides; before, a new object has no uid yet.
    fileprivate func review(isFinal: Bool) -> Review {
        var shown = target.served.fromStorage(object).with(managed)
        if let revision { shown = shown.with(revision) }
        if old == nil, !isFinal {
            for key in Self.born { shown = shown.settingMetadata(key, nil) }
            if isNamedByServer { shown = shown.settingMetadata("name", nil) }
        }
        var before: JSON = .null
        if let old, let revision { before = target.served.fromStorage(old).with(revision) }
        return Review(
            operation: old == nil ? .create : .update, target: target.forReview(isNamed: !isNamedByServer || isFinal),
            object: shown, old: before, user: user, isDryRun: isDryRun,
            options: Self.options(old == nil ? "CreateOptions" : "UpdateOptions", isDryRun, manager: fieldManager))
    }

    static func options(_ kind: String, _ isDryRun: Bool, manager: String? = nil) -> JSON {
        var tree: JSON = ["kind": .string(kind), "apiVersion": "meta.k8s.io/v1"]
        if isDryRun { tree["dryRun"] = ["All"] }
        if let manager, !manager.isEmpty { tree["fieldManager"] = .string(manager) }
        return tree
    }

    private static let born = ["uid", "creationTimestamp", "generation"]

    /// The proposal with a changed object, as far as the door lets it through and the server leaves it to others.
    fileprivate func taking(_ changed: JSON) -> Proposal {
        var result = self
        guard target.subresource != "status" else {
            result.object["status"] = changed["status"]
            return result
        }
        var tree = changed
        if target.served.version.hasStatus { tree["status"] = object["status"] }
        let known = object["metadata"] ?? .null
        var metadata = known
        for member in known.object?.members ?? [] where !Self.kept.contains(member.key) { metadata[member.key] = nil }
        for member in changed["metadata"]?.object?.members ?? [] where !Self.kept.contains(member.key) {
            metadata[member.key] = member.value
        }
        if old == nil, let name = changed["metadata"]?["name"], name != "" { metadata["name"] = name }
        tree["metadata"] = metadata.withoutEmptyMetadata
        result.object = tree
        return result
    }

    /// Members of metadata that no webhook changes.
    private static let kept =
        ["name", "namespace", "uid", "creationTimestamp", "generation"] + ServerFields.neverSent
}

extension Target {
    /// Without the name that the server made and nobody knows yet.
    fileprivate func forReview(isNamed: Bool) -> Target {
        isNamed
            ? self : Target(served, in: organizations, namespace: namespace, name: nil, subresource: subresource)
    }
}

extension DeletionSettings {
    /// As an object.
    fileprivate var tree: JSON {
        var tree = Proposal.options("DeleteOptions", isDryRun)
        if let propagation { tree["propagationPolicy"] = .string(propagation.rawValue) }
        var conditions: JSON = [:]
        if let uid { conditions["uid"] = .string(uid) }
        if let resourceVersion { conditions["resourceVersion"] = .string(resourceVersion) }
        if conditions != [:] { tree["preconditions"] = conditions }
        return tree
    }
}

extension JSON {
    fileprivate func settingMetadata(_ key: String, _ value: JSON?) -> JSON {
        var tree = self
        var metadata = tree["metadata"] ?? [:]
        metadata[key] = value
        tree["metadata"] = metadata
        return tree
    }

    fileprivate func with(_ revision: Revision) -> JSON {
        settingMetadata("resourceVersion", .string(String(revision.value)))
    }
}
