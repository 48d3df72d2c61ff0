// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// Makes an organization's accesses known, and at sites of level `domain` the user that works in its projects.
struct OrganizationReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case keepPassword(site: String)
        case createUser(site: String)
        case setPassword(site: String)
        case deleteUser(site: String)
        case deletePassword(site: String)
        case removeContents
    }

    /// What was found.
    struct World: Hashable, Sendable {
        var sites: [Seen]
        /// How many objects it has in the store; counted while it is being deleted.
        var contents = 0
        /// Their deletion was asked for in this pass.
        var isRemoving = false
    }

    /// What was found at one site.
    struct Seen: Hashable, Sendable {
        var use: Organization.SiteUse
        /// No longer in the spec, so what was made there goes.
        var isLeaving = false
        var domainID: String?
        var user: String?
        var passwordUID: String?
        /// The uid of the Secret whose password the user has.
        var appliedUID: String?
        /// Why this site cannot be used now.
        var failure: Failure?
    }

    /// A site that did not work, while the others may.
    struct Failure: Hashable, Sendable {
        var rejection: Rejection?
        var message: String
        var retryAfter: Duration?
    }

    let cloud: OrganizationCloud
    let client: any ObjectClient
    let contents: OrganizationContents

    var type: ResourceType { .organization }

    func references(of object: Object) -> [Reference] {
        object.siteUses.enumerated().flatMap { index, use in
            let site = Reference(
                field: "spec.sites[\(index)].name", type: .site, key: ObjectKey(organization: "", name: use.name),
                need: .optional)
            let secret = use.credentialsRef.map {
                Reference(
                    field: "spec.sites[\(index)].credentialsRef", type: .secret, key: CredentialSecret.key($0.name),
                    need: .optional)
            }
            return [site] + (secret.map { [$0] } ?? [])
        }
    }

    func steps(_ input: PassInput, _ observed: World) -> Steps<Change> {
        let steps = observed.sites.flatMap { self.steps(at: $0, input) }
        if !steps.isEmpty { return Steps(steps) }
        if let failure = observed.sites.lazy.compactMap(\.failure).first {
            if let rejection = failure.rejection { return Steps(then: .rejected(rejection)) }
            return Steps(then: .polling(after: failure.retryAfter ?? .seconds(10), because: failure.message))
        }
        guard input.object.isDeleting else { return Steps() }
        guard observed.contents > 0 else { return Steps(then: .gone) }
        let then = Outcome.polling(after: .seconds(2), because: "\(observed.contents) of its objects are left")
        if observed.isRemoving { return Steps(then: then) }
        return Steps([Step(.delete, .removeContents, "delete the organization's remaining objects")], then: then)
    }

    func status(_ input: PassInput, _ observed: World) -> JSONObject {
        let entries = observed.sites.filter { !$0.isLeaving || $0.user != nil || $0.passwordUID != nil }.map { seen in
            Organization.Status.Entry(
                name: seen.use.name, ready: seen.failure == nil && !seen.isLeaving && seen.isComplete,
                message: seen.failure?.message, domainID: seen.domainID, serviceUserID: seen.user,
                passwordFrom: seen.appliedUID)
        }
        return (try? JSON(encoding: Organization.Status(sites: entries)))?.object ?? JSONObject()
    }

    private func steps(at seen: Seen, _ input: PassInput) -> [Step<Change>] {
        let site = seen.use.name
        guard seen.failure == nil else { return [] }
        let isGoing = seen.isLeaving || input.object.isDeleting
        if isGoing {
            var steps: [Step<Change>] = []
            if seen.user != nil {
                steps.append(Step(.delete, .deleteUser(site: site), "delete the service user at site \"\(site)\""))
            }
            if seen.passwordUID != nil {
                steps.append(
                    Step(
                        .delete, .deletePassword(site: site), "delete the service user's password for site \"\(site)\"")
                )
            }
            return steps
        }
        guard seen.use.access == .domain else { return [] }
        if seen.passwordUID == nil {
            return [Step(.change, .keepPassword(site: site), "keep a new password for site \"\(site)\"")]
                + (seen.user == nil ? [Self.creation(site)] : [Self.reset(site)])
        }
        if seen.user == nil { return [Self.creation(site)] }
        return seen.appliedUID == seen.passwordUID ? [] : [Self.reset(site)]
    }

    private static func creation(_ site: String) -> Step<Change> {
        Step(.create, .createUser(site: site), "create the service user at site \"\(site)\"")
    }

    private static func reset(_ site: String) -> Step<Change> {
        Step(.change, .setPassword(site: site), "set the service user's password at site \"\(site)\"")
    }
}

extension OrganizationReconciler.Seen {
    /// Whether nothing needs to be made at the site.
    var isComplete: Bool {
        use.access == .project || (user != nil && passwordUID != nil && appliedUID == passwordUID)
    }
}
