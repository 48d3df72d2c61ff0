// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// Makes a keypair of a key at each site where something needs it.
struct SSHKeyReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case askForProject(site: String)
        case create(site: String)
        case delete(site: String)
    }

    /// The key at one site.
    struct AtSite: Sendable {
        var place: ProjectAtSite
        var standing: ProjectAtSite.Standing
        var keypair: Nova.Keypair?
        /// The keypair's name there: our own, or that of the one which was taken over.
        var name: String
        /// Why a keypair that is to be taken over cannot be.
        var refusal: Refusal?
    }

    let cloud: SSHKeyCloud
    let client: any ObjectClient

    var type: ResourceType { SSHKey.type }

    private static let projectField = "metadata.namespace"

    func references(of object: Object) -> [Reference] {
        let key = ObjectKey(organization: object.organization, name: object.metadata.namespace)
        return [Reference(field: Self.projectField, type: .project, key: key)]
    }

    /// Keypairs have no marks; their name is the mark, so that there can be no double.
    func observe(_ input: PassInput) async throws -> [AtSite] {
        let status = try (input.object.status ?? [:]).decode(SSHKeyStatus.self)
        let recorded = (status.sites ?? []).map(\.name)
        let names = Set(recorded + SiteNeed.sites(of: input.object)).sorted()
        var finding = Finding(input)
        var sites: [AtSite] = []
        for name in names {
            let place = ProjectAtSite(site: name, of: input.object)
            let known = status.sites?.first { $0.name == name }?.id
            var site = AtSite(
                place: place, standing: place.standing(of: input.references[Self.projectField]),
                name: known ?? "scs-\(input.object.metadata.uid ?? "")")
            if let wanted = SiteNeed.importID(of: input.object, at: name), site.standing == .ready, input.intent == nil
            {
                try await take(over: wanted, input, &site)
            } else if let known {
                site.keypair = try await finding.thing(known) { try await cloud.keypair(place, $0) }
            } else if site.standing == .ready || recorded.contains(name) {
                site.keypair = try await Finding.existing { try await cloud.keypair(place, site.name) }
            }
            sites.append(site)
        }
        try finding.confirm()
        return sites
    }

    /// Finds the keypair that the object is to take over, which must be the same key and no other object's.
    private func take(over name: String, _ input: PassInput, _ site: inout AtSite) async throws {
        let place = site.place
        site.name = name
        guard let found = try await Finding.existing({ try await cloud.keypair(place, name) }) else {
            site.refusal = .importNotFound(name)
            return
        }
        let others = try await client.list(type, ListQuery(Scope(.one(place.organization)))).items
        let taker = others.first {
            SiteNeed.id(of: $0, at: place.site) == name && $0.metadata.uid != input.object.metadata.uid
        }
        if let taker {
            site.refusal = .importTaken(name, by: #"SSHKey "\#(taker.metadata.namespace)/\#(taker.metadata.name)""#)
        } else if (try? PublicKey(found.publicKey)) != (try? PublicKey(publicKey(input))) {
            let message = "\(name) at site \"\(place.site)\" is another key; name the one that spec.publicKey is"
            site.refusal = Refusal(reason: "ImportDiffers", message: message, fixer: .you)
        } else {
            site.keypair = found
        }
    }

    func steps(_ input: PassInput, _ observed: [AtSite]) -> Steps<Change> {
        if input.object.isDeleting {
            let deletions = observed.filter { $0.keypair != nil }.map {
                Step(.delete, Change.delete(site: $0.place.site), #"delete keypair at site "\#($0.place.site)""#)
            }
            return Steps(deletions, then: .gone)
        }
        if let refusal = observed.lazy.compactMap(\.refusal?.rejection).first { return Steps(then: .rejected(refusal)) }
        var steps: [Step<Change>] = []
        var then = Outcome.settled
        for site in observed where site.keypair == nil {
            let name = site.place.site
            if site.standing == .ready {
                steps.append(Step(.create, .create(site: name), #"create keypair at site "\#(name)""#))
                continue
            }
            if site.standing == .unasked {
                steps.append(Step(.ask, .askForProject(site: name), site.place.askSummary))
            }
            then = site.place.waiting(for: input.references[Self.projectField])
        }
        return Steps(steps, then: then)
    }

    func perform(_ step: Step<Change>, _ input: PassInput, _ observed: [AtSite]) async throws -> [AtSite] {
        var world = observed
        switch step.change {
        case .askForProject(let site):
            guard let index = world.firstIndex(where: { $0.place.site == site }) else { return world }
            try await world[index].place.ask(input.references[Self.projectField], through: client)
            world[index].standing = .asked
        case .create(let site):
            guard let index = world.firstIndex(where: { $0.place.site == site }) else { return world }
            world[index].keypair = try await create(input, world[index])
        case .delete(let site):
            guard let index = world.firstIndex(where: { $0.place.site == site }) else { return world }
            let place = world[index].place
            let name = world[index].name
            try await Finding.gone { try await cloud.deleteKeypair(place, name) }
            world[index].keypair = nil
        }
        return world
    }

    func status(_ input: PassInput, _ observed: [AtSite]) -> JSONObject {
        let key = try? PublicKey(input.object.spec?["publicKey"]?.string ?? "")
        let sites = observed.map {
            SSHKeyStatus.Site(name: $0.place.site, id: $0.keypair?.name, ready: $0.keypair != nil)
        }
        let status = SSHKeyStatus(fingerprint: key?.fingerprint, type: key?.type, sites: sites.isEmpty ? nil : sites)
        return (try? JSON(encoding: status))?.object ?? JSONObject()
    }

    private func publicKey(_ input: PassInput) -> String { input.object.spec?["publicKey"]?.string ?? "" }

    /// Makes the keypair, or takes the one of our name when an answer was lost before.
    private func create(_ input: PassInput, _ site: AtSite) async throws -> Nova.Keypair {
        let (place, name, line) = (site.place, site.name, publicKey(input))
        do {
            return try await cloud.createKeypair(place, name, line)
        } catch let error as OpenStackError where error.code == .conflict {
            // A 409 may also mean that Nova is busy: then there is none of that name.
            guard let found = try await Finding.existing({ try await cloud.keypair(place, name) }) else { throw error }
            guard (try? PublicKey(found.publicKey)) == (try? PublicKey(line)) else {
                let message = "another key is named \(name) at site \"\(place.site)\"; remove it there"
                throw Refusal(reason: "NameTaken", message: message, fixer: .provider)
            }
            return found
        }
    }
}
