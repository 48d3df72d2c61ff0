// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension ProjectReconciler {
    func observe(_ input: PassInput) async throws -> World {
        let namespace = try await client.find(.namespace, namespaceKey(input.object))
        var world = World(namespace: namespace.map { $0.isDeleting ? .terminating : .present } ?? .absent, sites: [])
        let known = (try? input.object.status?.decode(Project.Status.self))?.sites ?? []
        let names = Set(SiteNeed.sites(of: input.object)).union(known.filter { $0.id != nil }.map(\.name))
        for name in names.sorted() {
            let entry = known.first { $0.name == name }
            world.sites.append(try await look(at: name, entry, input, isEmpty: namespace == nil))
        }
        return world
    }

    /// Looks at one site; what fails there keeps what is known, and the other sites work on.
    private func look(
        at site: String, _ entry: Project.Status.Entry?, _ input: PassInput, isEmpty: Bool
    ) async throws -> Seen {
        var seen = Seen(name: site, id: entry?.id)
        do {
            let use = try use(of: site, input)
            if use.access == .project {
                seen.isBound = true
                seen.id = try await cloud.boundID(place(input, site))
            } else {
                try await lookInDomain(&seen, input, isEmpty: isEmpty)
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            let failure = PassFailure(error)
            seen.failure = Failure(
                message: failure.message, isTransient: failure.rejection == nil, wasReady: entry?.ready == true)
        }
        return seen
    }

    /// How the organization uses the site; throws when this project cannot be there.
    private func use(of site: String, _ input: PassInput) throws -> Organization.SiteUse {
        let organization = input.references["organization"]
        if let allowed = input.object.spec?["sites"]?.array, !input.object.isDeleting,
            !allowed.contains(.string(site))
        {
            throw NotOffered(message: "spec.sites does not name site \"\(site)\"; add it")
        }
        guard let use = organization?.siteUses.first(where: { $0.name == site }) else {
            throw NotOffered(message: "the organization has no access to site \"\(site)\"; ask the provider")
        }
        guard use.access == .domain || use.project == input.object.metadata.name else {
            throw NotOffered(
                message: "site \"\(site)\" is for project \"\(use.project ?? "")\" only; use that project")
        }
        return use
    }

    private func lookInDomain(_ seen: inout Seen, _ input: PassInput, isEmpty: Bool) async throws {
        let place = place(input, seen.name)
        let (user, credential) = try await serviceUser(at: seen.name, input)
        seen.user = user
        // Known before the site is asked, so that others can work while Keystone's listing fails.
        if let id = seen.id { cloud.register(place, id, credential) }
        guard let project = try await cloud.find(place, Self.keystoneName(input.object)) else {
            seen.id = nil
            cloud.forget(place)
            return
        }
        seen.id = project.id
        seen.description = project.description
        cloud.register(place, project.id, credential)
        seen.missingRoles = try await cloud.missingRoles(place, user, project.id)
        if input.object.isDeleting, isEmpty { seen.leftovers = try await cloud.leftovers(place, project.id) }
    }

    /// The user that the Organization made at the site, with its password.
    func serviceUser(at site: String, _ input: PassInput) async throws -> (id: String, Credential) {
        let status = try input.references["organization"]?.status?.decode(Organization.Status.self)
        let entry = status?.sites?.first { $0.name == site }
        let name = Organization.passwordName(input.object.organization, at: site)
        guard let user = entry?.serviceUserID, let applied = entry?.passwordFrom,
            let secret = try await client.find(.secret, CredentialSecret.key(name)), secret.metadata.uid == applied,
            let password = secret.secretText("password")
        else { throw NotYet(message: "the organization is not ready at site \"\(site)\"") }
        return (user, .password(.id(user), Secret(password)))
    }

    func place(_ input: PassInput, _ site: String) -> ProjectCloud.Place {
        ProjectCloud.Place(site: site, organization: input.object.organization, project: input.object.metadata.name)
    }

    func namespaceKey(_ object: Object) -> ObjectKey {
        ObjectKey(organization: object.organization, name: object.metadata.name)
    }
}

/// The project cannot be at a site before somebody changes something.
struct NotOffered: PassError {
    var message: String

    var isAmbiguous: Bool { false }
    var retryAfter: Duration? { nil }
    var rejection: Rejection? { Rejection(reason: "NotOffered", message: message, fixer: .yourAdmin) }
}

/// Something else is under way that the project needs.
struct NotYet: PassError {
    var message: String

    var isAmbiguous: Bool { false }
    var retryAfter: Duration? { nil }
    var rejection: Rejection? { nil }
}
