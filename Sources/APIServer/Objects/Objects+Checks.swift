// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Merging
import Resources
import Schemas
import Stores

/// A write that is nearly done: what shall be stored, and what it replaces, both in the stored version.
struct Proposal {
    var object: JSON
    /// Absent on creation.
    var old: JSON?
    var target: Target
    var user: UserInfo
    var isDryRun: Bool
    /// The revision of what is replaced; absent on creation.
    var revision: Revision?
    /// Who manages which field after the write, for webhooks to see.
    var managed = ManagedFields()
    var fieldManager: String?
    /// Whether the client left the name to the server.
    var isNamedByServer = false
    /// Whether webhooks were asked already, at a door of its own.
    var isReviewed = false

    var name: String { object["metadata"]?["name"]?.string ?? "" }
    var organization: String {
        if case .one(let name) = target.organizations { name } else { "" }
    }
}

extension Objects {
    /// Checks a proposal and lets webhooks and its kind complete or refuse it; returns what is to be stored.
    func admitted(_ proposal: Proposal) async throws -> JSON {
        let webhooks = proposal.isReviewed ? [] : try await review?.webhooks(for: proposal.target) ?? []
        guard !webhooks.isEmpty else { return try await checked(proposal) }
        var result = try await mutated(proposal, by: webhooks)
        result.object = try await checked(result)
        try await validate(result, by: webhooks)
        return result.object
    }

    private func checked(_ proposal: Proposal) async throws -> JSON {
        try check(proposal)
        let organization = proposal.organization
        let request = AdmissionRequest(
            operation: proposal.old == nil ? .create : .update,
            object: Object(proposal.object, organization: organization),
            old: proposal.old.map { Object($0, organization: organization) }, user: proposal.user,
            subresource: proposal.target.subresource, isDryRun: proposal.isDryRun, objects: reader)
        let completed = try await proposal.target.kind.admission(request).tree
        guard completed != proposal.object else { return completed }
        var result = proposal
        result.object = completed
        try check(result)
        return completed
    }

    /// Throws `invalid` with everything that is wrong.
    private func check(_ proposal: Proposal) throws {
        let target = proposal.target
        let organization = proposal.organization
        let shown = target.served.fromStorage(proposal.object)
        guard target.subresource != "status" else {
            // The rest is as it is stored, so it was checked when it came.
            let issues = target.served.version.schema.issues(inMember: "status", of: shown)
            guard issues.isEmpty else { throw target.invalid(issues, name: proposal.name) }
            return
        }
        let new = Object(proposal.object, organization: organization)
        let old = proposal.old.map { Object($0, organization: organization) }
        var issues = MetadataRules.issues(in: new, replacing: old, of: target.kind)
        issues += target.served.version.schema.issues(in: shown, at: "")
        let shownOld = proposal.old.map(target.served.fromStorage)
        issues += target.served.version.ruleIssues(in: shown, replacing: shownOld, after: issues)
        // A kind's own rules may trust the shape.
        if issues.isEmpty { issues += target.kind.issues(new, old) }
        guard issues.isEmpty else { throw target.invalid(issues, name: proposal.name) }
    }
}
