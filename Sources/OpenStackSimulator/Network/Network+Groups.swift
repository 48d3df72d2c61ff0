// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension SiteState {
    /// The id of the project's default group, which comes into being when it is first needed.
    @discardableResult
    mutating func ensureDefaultGroup(_ call: Call) -> String? {
        guard !call.project.isEmpty else { return nil }
        let own = network.groups.all.first { $0.text("project_id") == call.project && $0.text("name") == "default" }
        if let own { return own.text("id") }
        let recorded = Fixture.template("network.default.list", "security_groups").array ?? []
        let template = recorded.first { $0.text("name") == "default" } ?? .null
        return addGroup(template, call, ["name": "default", "description": "Default security group"])
    }

    private mutating func addGroup(_ template: JSON, _ call: Call, _ wish: JSON) -> String {
        let id = uuid()
        var group = owned(template, id, call.project, call.now)
        group["description"] = ""
        overlay(&group, wish)
        group["security_group_rules"] = nil
        network.groups[id] = group
        for recorded in template["security_group_rules"]?.array ?? [] {
            let rule = uuid()
            let peer: JSON = recorded["remote_group_id"]?.string == nil ? .null : .string(id)
            network.rules[rule] = owned(recorded, rule, call.project, call.now).with([
                "security_group_id": .string(id), "remote_group_id": peer,
            ])
        }
        return id
    }

    func rules(of group: String) -> [JSON] { network.rules.all.filter { $0.text("security_group_id") == group } }

    mutating func createGroup(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["security_group"] ?? .null
        try checkMembers(wish, .group)
        ensureDefaultGroup(call)
        try checkQuota("security_group", call)
        let id = addGroup(Fixture.template("network.group.create", "security_group"), call, wish)
        return Answer(like: "network.group.create", "security_group", try visible(.group, id, call))
    }

    mutating func deleteGroup(_ group: JSON, _ call: Call) throws(Refusal) {
        if group.text("name") == "default", !call.isAdmin { throw Refusal("network.group.default") }
        let isUsed = network.ports.all.contains { port in
            port["security_groups"]?.array?.contains { $0.string == call.id } ?? false
        }
        if isUsed { throw Refusal("network.group.inuse", call.id) }
        for rule in network.rules.all where rule.text("security_group_id") == call.id {
            network.rules[rule.text("id")] = nil
        }
    }

    mutating func createRule(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["security_group_rule"] ?? .null
        try checkMembers(wish, .rule)
        var group = try visible(.group, wish.text("security_group_id"), call)
        let id = uuid()
        var rule = owned(Fixture.template("network.rule.create", "security_group_rule"), id, call.project, call.now)
        for key in ["protocol", "port_range_min", "port_range_max", "remote_ip_prefix", "remote_group_id"] {
            rule[key] = .null
        }
        rule["description"] = ""
        overlay(&rule, wish)
        rule["ethertype"] = wish["ethertype"] ?? "IPv4"
        let prefix = rule.text("remote_ip_prefix")
        rule["normalized_cidr"] = prefix.isEmpty ? .null : .string(IPv4Range(prefix)?.text ?? prefix)
        if let same = rules(of: group.text("id")).first(where: { Self.isSame($0, rule) }) {
            throw Refusal("network.rule.conflict", same.text("id"))
        }
        try checkQuota("security_group_rule", call)
        network.rules[id] = rule
        group["security_group_rules"] = nil
        network.groups[group.text("id")] = touched(group, call.now)
        return Answer(like: "network.rule.create", "security_group_rule", rule)
    }

    /// Neutron compares what a rule lets through, not what it is called.
    private static func isSame(_ left: JSON, _ right: JSON) -> Bool {
        let keys = [
            "direction", "ethertype", "protocol", "port_range_min", "port_range_max", "normalized_cidr",
            "remote_group_id",
        ]
        return keys.allSatisfy { (left[$0] ?? .null) == (right[$0] ?? .null) }
    }
}
