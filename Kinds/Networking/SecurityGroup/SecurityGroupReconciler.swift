// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// What was found of a security group at its site.
struct SecurityGroupObserved: Sendable {
    var spec: SecurityGroupSpec
    var place: ProjectAtSite
    var standing: ProjectAtSite.Standing
    /// Neutron's ids of the groups that rules name, by their names.
    var remoteIDs: [String: String] = [:]
    /// Ours by id or mark; more than one only after a double.
    var groups: [Neutron.SecurityGroup] = []
}

/// Makes a security group at its site what its object says.
struct SecurityGroupReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case askForProject
        case create
        case rename(id: String)
        case delete(id: String)
        case addRule(SecurityGroupSpec.Rule)
        case removeRule(id: String)
    }

    let cloud: SecurityGroupCloud
    let client: any ObjectClient

    var type: ResourceType { SecurityGroup.type }
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] { Self.references(of: object) }

    /// The site, the project, and the groups that rules name.
    ///
    /// Groups may name each other in a circle, so they must exist and need not be ready; a rule waits for the other's id.
    static func references(of object: Object) -> [Reference] {
        SitedKind.references(site: object.spec?["site"]?.string ?? "", of: object) + groupReferences(of: object)
    }

    static func groupReferences(of object: Object) -> [Reference] {
        (object.spec?["rules"]?.array ?? []).enumerated().compactMap { index, rule in
            guard let name = rule["group"]?.string, name != "self", name != object.metadata.name else { return nil }
            let field = "spec.rules[\(index)].group"
            return SitedKind.reference(field, .securityGroup, named: name, of: object, need: .present)
        }
    }

    func observe(_ input: PassInput) async throws -> SecurityGroupObserved {
        let spec = try (input.object.spec ?? [:]).decode(SecurityGroupSpec.self)
        let status = try (input.object.status ?? [:]).decode(SecurityGroupStatus.self)
        let place = ProjectAtSite(site: spec.site, of: input.object)
        var observed = SecurityGroupObserved(
            spec: spec, place: place, standing: place.standing(of: input.references["metadata.namespace"]))
        for reference in Self.groupReferences(of: input.object) {
            let other = input.references[reference.field]
            observed.remoteIDs[reference.key.name] = other?.status?["id"]?.string
        }
        let isNew = status.id == nil && input.intent == nil
        if isNew, observed.standing != .ready || input.object.isDeleting { return observed }
        var finding = Finding(input)
        observed.groups = try await finding.ownThings(type, id: status.id, through: client) {
            try await cloud.group(place, $0)
        } marked: {
            try await cloud.groups(place, ["description": input.mark])
        }
        try finding.confirm()
        return observed
    }

    func status(_ input: PassInput, _ observed: SecurityGroupObserved) -> JSONObject {
        let group = observed.groups.first
        let status = SecurityGroupStatus(id: group?.id, site: observed.place.site, ruleCount: group?.rules?.count)
        return (try? JSON(encoding: status))?.object ?? JSONObject()
    }
}
