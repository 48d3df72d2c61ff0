// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension OrganizationReconciler {
    func observe(_ input: PassInput) async throws -> World {
        var world = World(sites: try await sites(input))
        if input.object.isDeleting { world.contents = try await contents.count(of: input.object.metadata.name) }
        return world
    }

    func stay(_ input: PassInput) async throws {
        for (index, use) in input.object.siteUses.enumerated() { try register(use, index, input) }
    }

    /// Makes the access to one site known.
    private func register(_ use: Organization.SiteUse, _ index: Int, _ input: PassInput) throws {
        let secret = use.credentialsRef.map { CredentialSecret(name: $0.name, cloud: $0.cloud) }
        let cloud = try secret?.read(input.references["spec.sites[\(index)].credentialsRef"])
        try self.cloud.register(place(input, use.name), level(use, input.object), cloud)
    }

    private func sites(_ input: PassInput) async throws -> [Seen] {
        let object = input.object
        let known = (try? object.status?.decode(Organization.Status.self))?.sites ?? []
        let uses = object.siteUses
        var observed: [Seen] = []
        for (index, use) in uses.enumerated() {
            observed.append(try await look(use, index, known.first { $0.name == use.name }, input))
        }
        for entry in known where !uses.contains(where: { $0.name == entry.name }) {
            let use = Organization.SiteUse(name: entry.name, access: entry.domainID == nil ? .project : .domain)
            var seen = Seen(use: use, isLeaving: true, domainID: entry.domainID, user: entry.serviceUserID)
            seen.passwordUID = try await password(input, at: entry.name)?.metadata.uid
            if seen.user == nil, seen.passwordUID == nil { cloud.forget(place(input, entry.name)) }
            observed.append(seen)
        }
        return observed
    }

    /// Looks at one site; a site that fails keeps what is known of it, and the others work on.
    private func look(
        _ use: Organization.SiteUse, _ index: Int, _ entry: Organization.Status.Entry?, _ input: PassInput
    ) async throws -> Seen {
        var seen = Seen(
            use: use, domainID: entry?.domainID, user: entry?.serviceUserID, appliedUID: entry?.passwordFrom)
        do {
            try await checkSharing(use, input)
            try register(use, index, input)
            guard use.access == .domain else { return seen }
            seen.passwordUID = try await password(input, at: use.name)?.metadata.uid
            seen.domainID = try await self.cloud.domainID(place(input, use.name))
            seen.user = try await self.cloud.findUser(place(input, use.name), Self.userName(input.object))
        } catch let error as CancellationError {
            throw error
        } catch {
            let failure = PassFailure(error)
            seen.failure = Failure(
                rejection: failure.rejection, message: "site \"\(use.name)\": \(failure.message)",
                retryAfter: failure.retryAfter)
        }
        return seen
    }

    /// A site's own project serves one organization: the one that was there first.
    private func checkSharing(_ use: Organization.SiteUse, _ input: PassInput) async throws {
        guard use.access == .project, use.credentialsRef == nil, !input.object.isDeleting else { return }
        let others = try await client.listAll(.organization, ListQuery(Scope(.root))).items
        let isTaken = others.contains { other in
            guard other.metadata.uid != input.object.metadata.uid, other.age < input.object.age else { return false }
            return other.siteUses.contains { $0.name == use.name && $0.access == .project && $0.credentialsRef == nil }
        }
        if isTaken { throw SharedCredential(site: use.name) }
    }

    private func level(_ use: Organization.SiteUse, _ object: Object) -> SiteAccess.Level {
        switch use.access {
        case .domain: .domain
        case .project: .project(ProjectName(organization: object.metadata.name, project: use.project ?? ""))
        }
    }

    func place(_ input: PassInput, _ site: String) -> OrganizationCloud.Place {
        OrganizationCloud.Place(site: site, organization: input.object.metadata.name)
    }

    static func userName(_ object: Object) -> String { "scs-\(object.metadata.uid ?? object.metadata.name)" }

    /// The Secret with the service user's password.
    func password(_ input: PassInput, at site: String) async throws -> Object? {
        try await client.find(
            .secret, CredentialSecret.key(Organization.passwordName(input.object.metadata.name, at: site)))
    }
}

/// Two organizations would work in the same Keystone project.
struct SharedCredential: PassError {
    var site: String

    var isAmbiguous: Bool { false }
    var retryAfter: Duration? { nil }
    var message: String {
        "another organization uses the project of the site's own credential; give a credentialsRef in spec.sites"
    }
    var rejection: Rejection? { Rejection(reason: "CredentialShared", message: message, fixer: .provider) }
}

extension Object {
    /// Orders organizations by when they came.
    fileprivate var age: (String, String) { (metadata.creationTimestamp ?? "", metadata.name) }
}
