// SPDX-License-Identifier: Apache-2.0

import OpenStack
import Reconciling
import Resources
import SiteKinds

extension SecurityGroupReconciler {
    func steps(_ input: PassInput, _ observed: SecurityGroupObserved) -> Steps<Change> {
        if input.object.isDeleting {
            let steps = observed.groups.map {
                Step(.delete, Change.delete(id: $0.id), "delete security group \($0.id)")
            }
            return Steps(steps, then: .gone)
        }
        let project = input.references["metadata.namespace"]
        switch observed.standing {
        case .ready: break
        case .asked: return Steps(then: observed.place.waiting(for: project))
        case .unasked:
            let step = Step(.ask, Change.askForProject, observed.place.askSummary)
            return Steps([step], then: observed.place.waiting(for: project))
        }
        return Steps(group(input, observed) + removals(observed) + additions(observed), then: rest(input, observed))
    }

    private func group(_ input: PassInput, _ observed: SecurityGroupObserved) -> [Step<Change>] {
        let name = input.object.metadata.name
        guard let group = observed.groups.first else {
            let difference = Difference("status.id", wanted: "a security group", found: "nothing")
            return [Step(.create, .create, #"create security group "\#(name)""#, differences: [difference])]
        }
        guard group.name != name, group.carries(input.mark) else { return [] }
        let difference = Difference("metadata.name", wanted: name, found: group.name)
        return [
            Step(
                .change, .rename(id: group.id), #"name the security group "\#(name)""#, differences: [difference])
        ]
    }

    /// Rules that nobody asked for.
    private func removals(_ observed: SecurityGroupObserved) -> [Step<Change>] {
        guard let group = observed.groups.first else { return [] }
        var wanted = Set(observed.rules(of: group.id).map(\.shape))
        if observed.spec.egress == .allowAll {
            wanted.formUnion([.allOut(ipVersion: 4), .allOut(ipVersion: 6)])
        }
        return (group.rules ?? []).filter { !wanted.contains(RuleShape($0)) }.map {
            Step(
                .delete, .removeRule(id: $0.id), "remove rule: \($0.words)", destroys: false,
                differences: [Difference("spec.rules", wanted: "nothing more", found: $0.words)])
        }
    }

    private func additions(_ observed: SecurityGroupObserved) -> [Step<Change>] {
        let group = observed.groups.first
        // Neutron makes two rules with each new group: everything may go out.
        let made: Set<RuleShape> = [.allOut(ipVersion: 4), .allOut(ipVersion: 6)]
        let there = group.map { Set(($0.rules ?? []).map { RuleShape($0) }) } ?? made
        return observed.rules(of: group?.id ?? "").filter { !there.contains($0.shape) }.map {
            Step(
                .create, .addRule($0.rule), "add rule: \($0.rule.words)",
                differences: [Difference("spec.rules", wanted: $0.rule.words, found: "nothing")])
        }
    }

    /// Rules that name a group without an id yet are still to come.
    private func rest(_ input: PassInput, _ observed: SecurityGroupObserved) -> Outcome {
        let references = Self.groupReferences(of: input.object)
        guard let missing = references.first(where: { observed.remoteIDs[$0.key.name] == nil }) else { return .settled }
        let object = ObjectReference(kind: missing.type.kind, key: missing.key, uid: nil)
        return .waiting(
            on: object, because: #"SecurityGroup "\#(missing.key.name)" (\#(missing.field)) is not at the site yet"#)
    }
}

extension SecurityGroupObserved {
    /// The wanted rules whose other side is known, with what they come to.
    fileprivate func rules(of id: String) -> [(rule: SecurityGroupSpec.Rule, shape: RuleShape)] {
        var rules = spec.rules ?? []
        if spec.egress == .allowAll {
            rules += ["IPv4", "IPv6"].map { .init(direction: .egress, protocol: "any", ethertype: $0) }
        }
        var seen: Set<RuleShape> = []
        return rules.compactMap { rule in
            guard let name = rule.group else { return (rule, RuleShape(rule, remoteGroup: nil)) }
            return remoteID(name, own: id).map { (rule, RuleShape(rule, remoteGroup: $0)) }
        }.filter { seen.insert($0.1).inserted }
    }

    /// Neutron's id of a group that a rule names.
    func remoteID(_ name: String, own: String) -> String? { name == "self" ? own : remoteIDs[name] }
}

extension SecurityGroupSpec.Rule {
    /// For people: `Ingress IPv4 tcp 80 from 10.0.0.0/8`.
    fileprivate var words: String {
        let side = cidr ?? group.map { "group \($0)" } ?? "anywhere"
        return [direction.rawValue, ethertype, self.protocol, ports, direction == .ingress ? "from" : "to", side]
            .compactMap(\.self).joined(separator: " ")
    }
}

extension Neutron.SecurityGroupRule {
    fileprivate var words: String {
        let ports = portRangeMin.map { least in "\(least)-\(portRangeMax ?? least)" }
        let side = normalizedCIDR ?? remoteIPPrefix ?? remoteGroupID.map { "group \($0)" } ?? "anywhere"
        let isIn = direction == "ingress"
        return [isIn ? "Ingress" : "Egress", etherType, self.protocol ?? "any", ports, isIn ? "from" : "to", side]
            .compactMap(\.self).joined(separator: " ")
    }
}
