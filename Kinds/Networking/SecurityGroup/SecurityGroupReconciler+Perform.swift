// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension SecurityGroupReconciler {
    func perform(
        _ step: Step<Change>, _ input: PassInput, _ observed: SecurityGroupObserved
    ) async throws -> SecurityGroupObserved {
        let place = observed.place
        let name = input.object.metadata.name
        var world = observed
        switch step.change {
        case .askForProject:
            try await place.ask(input.references["metadata.namespace"], through: client)
            world.standing = .asked
        case .create:
            let group = Neutron.NewSecurityGroup(name: name, description: input.mark)
            world.groups = [try await cloud.createGroup(place, group)]
        case .rename(let id):
            world.groups = [try await cloud.updateGroup(place, id, ["name": .string(name)])]
        case .delete(let id):
            try await Finding.gone { try await cloud.deleteGroup(place, id) }
            world.groups.removeAll { $0.id == id }
        case .addRule(let rule): try await add(rule, input, &world)
        case .removeRule(let id):
            try await Finding.gone { try await cloud.deleteRule(place, id) }
            world.groups[0].rules?.removeAll { $0.id == id }
        }
        return world
    }

    private func add(
        _ rule: SecurityGroupSpec.Rule, _ input: PassInput, _ world: inout SecurityGroupObserved
    ) async throws {
        guard let group = world.groups.first else { return }
        var new = Neutron.NewSecurityGroupRule(
            securityGroupID: group.id, direction: rule.direction.rawValue.lowercased(), etherType: rule.ethertype,
            description: input.mark)
        new.protocol = rule.protocol == "any" ? nil : rule.protocol
        (new.portRangeMin, new.portRangeMax) = rule.portRange
        new.remoteIPPrefix = rule.cidr
        new.remoteGroupID = rule.group.flatMap { world.remoteID($0, own: group.id) }
        do {
            let made = try await cloud.createRule(world.place, new)
            world.groups[0].rules = (group.rules ?? []) + [made]
        } catch let error as OpenStackError where error.type == "SecurityGroupRuleExists" {
            // Somebody was faster, perhaps an earlier call of ours whose answer was lost.
            world.groups[0] = try await cloud.group(world.place, group.id)
        }
    }
}
