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
        let missing = world.sites.filter(\.isMissing).compactMap(\.id)
        if !missing.isEmpty { throw Missing(missing) }
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
                reason: failure.rejection?.reason, message: failure.message, isTransient: failure.rejection == nil,
                wasReady: entry?.ready == true, retryAfter: failure.retryAfter)
        }
        return seen
    }

    /// How the organization uses the site; throws when this project cannot be there.
    private func use(of site: String, _ input: PassInput) throws -> Organization.SiteUse {
        let organization = input.references["organization"]
        if let allowed = input.object.spec?["sites"]?.array, !input.object.isDeleting,
            !allowed.contains(.string(site))
        {
            throw Refusal.notOffered("spec.sites does not name site \"\(site)\"; add it")
        }
        guard let use = organization?.siteUses.first(where: { $0.name == site }) else {
            throw Refusal.notOffered("the organization has no access to site \"\(site)\"; ask the provider")
        }
        guard use.access == .domain || use.project == input.object.metadata.name else {
            throw Refusal.notOffered(
                "site \"\(site)\" is for project \"\(use.project ?? "")\" only; use that project")
        }
        return use
    }

    private func lookInDomain(_ seen: inout Seen, _ input: PassInput, isEmpty: Bool) async throws {
        let place = place(input, seen.name)
        let (user, credential) = try await serviceUser(at: seen.name, input)
        seen.user = user
        // Known before the site is asked, so that others can work while Keystone's listing fails.
        if let id = seen.id { cloud.register(place, id, credential) }
        guard let project = try await find(seen.id, input, place) else {
            // Keystone's answer for one that is gone is a list without it, so two of them count as gone.
            seen.isMissing = seen.id.map { !input.missing.contains($0) } ?? false
            guard !seen.isMissing else { return }
            seen.id = nil
            cloud.forget(place)
            seen.missingRoles = try await cloud.missingRoles(place, user, nil)
            return
        }
        seen.id = project.id
        seen.description = project.description
        seen.isImported = !project.carries(input.mark)
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

extension ProjectReconciler {
    /// The project with the recorded id or of our name, or the one that the object is to take over.
    private func find(
        _ id: String?, _ input: PassInput, _ place: ProjectCloud.Place
    ) async throws -> Keystone.Project? {
        if id == nil, input.intent == nil, let wanted = SiteNeed.importID(of: input.object, at: place.site) {
            return try await imported(wanted, input, place)
        }
        let named = try await cloud.find(place, Self.keystoneName(input.object))
        guard let id, named?.id != id else { return named }
        return try await cloud.show(place, id) ?? named
    }

    /// Throws a `Refusal` when there is none, it is another object's, or it is described otherwise.
    private func imported(
        _ id: String, _ input: PassInput, _ place: ProjectCloud.Place
    ) async throws -> Keystone.Project {
        guard let project = try await cloud.show(place, id) else { throw Refusal.importNotFound(id) }
        if project.carries("scs:"), !project.carries(input.mark) {
            throw Refusal.importTaken(id, by: "the object whose mark it carries")
        }
        let others = try await client.list(type, ListQuery(Scope(.one(place.organization)))).items
        let taker = others.first {
            SiteNeed.id(of: $0, at: place.site) == id && $0.metadata.uid != input.object.metadata.uid
        }
        if let taker { throw Refusal.importTaken(id, by: "Project \"\(taker.metadata.name)\"") }
        if let wanted = input.object.spec?["description"]?.string, project.description != wanted {
            let found = Difference("spec.description", wanted: wanted, found: project.description ?? "none")
            throw Refusal(
                reason: "ImportDiffers", message: "\(id) is not as the spec says: \(found.words); make them the same",
                fixer: .you)
        }
        return project
    }
}

extension Keystone.Project {
    /// Whether a mark stands in its description or tags.
    fileprivate func carries(_ mark: String) -> Bool {
        ([description ?? ""] + (tags ?? [])).contains { $0.hasPrefix(mark) }
    }
}

extension Refusal {
    /// The project cannot be at a site before somebody changes something.
    fileprivate static func notOffered(_ message: String) -> Refusal {
        Refusal(reason: "NotOffered", message: message, fixer: .yourAdmin)
    }
}

/// Something else is under way that the project needs.
struct NotYet: PassError {
    var message: String

    var isAmbiguous: Bool { false }
    var retryAfter: Duration? { nil }
    var rejection: Rejection? { nil }
}
