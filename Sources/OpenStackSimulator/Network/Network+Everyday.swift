// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension SiteState {
    /// GET of a collection: own things, and networks that everybody sees.
    mutating func list(_ noun: NetworkNoun, _ call: Call) -> Answer {
        if noun.name == "security_group" { ensureDefaultGroup(call) }
        let since = call.value("changed_since").flatMap { Date(moment: $0) }
        let control = ["limit", "marker", "sort_key", "sort_dir", "fields", "page_reverse", "changed_since"]
        let keys = Set(call.query.map(\.key)).subtracting(control)
        let found = network[keyPath: noun.table].all.filter { object in
            guard isVisible(object, call), keys.allSatisfy({ passes(object, $0, call.values($0)) }) else {
                return false
            }
            guard let since else { return true }
            return Date(moment: object.text("updated_at")).map { $0 >= since } ?? true
        }
        let shown = found.map { rendered($0, noun) }
        return Listing(collection: noun.collection, path: "/network/v2.0/\(noun.path)").answer(shown, call)
    }

    /// `fixed_ips=ip_address=10.0.0.5` looks into the addresses.
    private func passes(_ object: JSON, _ key: String, _ values: [String]) -> Bool {
        guard key == "fixed_ips" else { return object.passes(key, values) }
        return values.contains { value in
            let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
            return object["fixed_ips"]?.array?.contains { $0[parts[0]]?.string == parts.last } ?? false
        }
    }

    func isVisible(_ object: JSON, _ call: Call) -> Bool {
        call.isAdmin || object.text("project_id") == call.project || object["shared"]?.bool == true
            || object["router:external"]?.bool == true
    }

    /// Throws the noun's own 404, also for what another project has.
    func visible(_ noun: NetworkNoun, _ id: String, _ call: Call) throws(Refusal) -> JSON {
        guard let object = network[keyPath: noun.table][id], isVisible(object, call) else {
            throw Refusal("network.\(noun.recorded).absent", id)
        }
        return rendered(object, noun)
    }

    /// A security group shows its rules, which are things of their own.
    private func rendered(_ object: JSON, _ noun: NetworkNoun) -> JSON {
        guard noun.name == "security_group" else { return object }
        return object.with(["security_group_rules": .array(rules(of: object.text("id")))])
    }

    /// Throws Neutron's refusal of members that nothing has.
    func checkMembers(_ wish: JSON, _ noun: NetworkNoun) throws(Refusal) {
        if wish["tags"] != nil, noun.name != "port" { throw Refusal("network.tags") }
    }

    mutating func update(_ noun: NetworkNoun, _ call: Call) throws(Refusal) -> Answer {
        _ = try visible(noun, call.id, call)
        var object = network[keyPath: noun.table][call.id] ?? .null
        let changes = call.body[noun.name] ?? .null
        switch noun.name {
        case "floatingip": try associate(&object, changes, call)
        case "router":
            try setGateway(&object, changes, call)
            try setRoutes(&object, changes)
        case "port": try setAddresses(&object, changes, call)
        default: break
        }
        let derived = ["port_id", "external_gateway_info", "routes", "fixed_ips", "id", "tags"]
        for member in changes.object?.members ?? [] where !derived.contains(member.key) {
            object[member.key] = member.value
        }
        object = touched(object, call.now)
        network[keyPath: noun.table][call.id] = object
        return Answer(200, [noun.name: rendered(object, noun)])
    }

    mutating func delete(_ noun: NetworkNoun, _ call: Call) throws(Refusal) -> Answer {
        let object = try visible(noun, call.id, call)
        guard call.isAdmin || object.text("project_id") == call.project else {
            throw Refusal("network.\(noun.recorded).absent", call.id)
        }
        switch noun.name {
        case "network": try deleteNetwork(call)
        case "subnet": try deleteSubnet(object, call)
        case "port": deletePort(call.id, call.now)
        case "router": try deleteRouter(call)
        case "security_group": try deleteGroup(object, call)
        case "floatingip":
            for port in ports(of: call.id, "network:floatingip") { network.ports[port.text("id")] = nil }
        default: break
        }
        network[keyPath: noun.table][call.id] = nil
        return Answer(204)
    }
}
