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
        var sites: [AtSite] = []
        for name in names {
            let place = ProjectAtSite(site: name, of: input.object)
            var site = AtSite(place: place, standing: place.standing(of: input.references[Self.projectField]))
            if site.standing == .ready || recorded.contains(name) {
                site.keypair = try await Refusal.existing {
                    try await cloud.keypair(place, keypairName(input.object))
                }
            }
            sites.append(site)
        }
        return sites
    }

    func steps(_ input: PassInput, _ observed: [AtSite]) -> Steps<Change> {
        if input.object.isDeleting {
            let deletions = observed.filter { $0.keypair != nil }.map {
                Step(.delete, Change.delete(site: $0.place.site), #"delete keypair at site "\#($0.place.site)""#)
            }
            return Steps(deletions, then: .gone)
        }
        var steps: [Step<Change>] = []
        var then = Outcome.settled
        for site in observed where site.keypair == nil {
            let name = site.place.site
            if site.standing == .ready {
                steps.append(Step(.create, .create(site: name), #"create keypair at site "\#(name)""#))
                continue
            }
            if site.standing == .unasked {
                steps.append(Step(.change, .askForProject(site: name), site.place.askSummary))
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
            world[index].keypair = try await create(input, world[index].place)
        case .delete(let site):
            guard let index = world.firstIndex(where: { $0.place.site == site }) else { return world }
            let place = world[index].place
            _ = try await Refusal.existing { try await cloud.deleteKeypair(place, keypairName(input.object)) }
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

    private func keypairName(_ object: Object) -> String { "scs-\(object.metadata.uid ?? "")" }

    /// Makes the keypair, or takes the one of our name when an answer was lost before.
    private func create(_ input: PassInput, _ place: ProjectAtSite) async throws -> Nova.Keypair {
        let line = input.object.spec?["publicKey"]?.string ?? ""
        let name = keypairName(input.object)
        do {
            return try await cloud.createKeypair(place, name, line)
        } catch let error as OpenStackError where error.code == .conflict {
            let found = try await cloud.keypair(place, name)
            guard (try? PublicKey(found.publicKey)) == (try? PublicKey(line)) else {
                let message = "another key is named \(name) at site \"\(place.site)\"; remove it there"
                throw Refusal(reason: "NameTaken", message: message, fixer: .provider)
            }
            return found
        }
    }
}
