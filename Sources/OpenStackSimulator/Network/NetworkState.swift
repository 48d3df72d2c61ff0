// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

/// Neutron's things.
struct NetworkState: Codable, Sendable {
    var networks = Table<JSON>()
    var subnets = Table<JSON>()
    var ports = Table<JSON>()
    var routers = Table<JSON>()
    var groups = Table<JSON>()
    var rules = Table<JSON>()
    var floatingIPs = Table<JSON>()
    /// What an administrator changed, by project.
    var quotas: [String: JSON] = [:]
}

/// One of Neutron's collections.
struct NetworkNoun: Sendable {
    /// The member in bodies: `security_group`.
    let name: String
    let collection: String
    /// In paths: `security-groups`.
    let path: String
    /// In the names of recordings: `group`.
    let recorded: String
    let table: any WritableKeyPath<NetworkState, Table<JSON>> & Sendable

    static let network = NetworkNoun(
        name: "network", collection: "networks", path: "networks", recorded: "network", table: \.networks)
    static let subnet = NetworkNoun(
        name: "subnet", collection: "subnets", path: "subnets", recorded: "subnet", table: \.subnets)
    static let port = NetworkNoun(name: "port", collection: "ports", path: "ports", recorded: "port", table: \.ports)
    static let router = NetworkNoun(
        name: "router", collection: "routers", path: "routers", recorded: "router", table: \.routers)
    static let group = NetworkNoun(
        name: "security_group", collection: "security_groups", path: "security-groups", recorded: "group",
        table: \.groups)
    static let rule = NetworkNoun(
        name: "security_group_rule", collection: "security_group_rules", path: "security-group-rules",
        recorded: "rule", table: \.rules)
    static let floatingIP = NetworkNoun(
        name: "floatingip", collection: "floatingips", path: "floatingips", recorded: "floatingip",
        table: \.floatingIPs)

    static let all = [network, subnet, port, router, group, rule, floatingIP]
}

extension SiteState {
    /// The network that leads out, which every project sees.
    mutating func seedNetwork(at now: Date) {
        let id = uuid()
        let subnet = uuid()
        let owner = identity.projects.ids[1]
        let recorded = Fixture.template("network.external.list", "networks")[0] ?? .null
        network.networks[id] = owned(recorded, id, owner, now).with([
            "subnets": [.string(subnet)], "description": "",
        ])
        network.subnets[subnet] = owned(Fixture.template("network.subnet.create", "subnet"), subnet, owner, now).with([
            "network_id": .string(id), "name": "public-v4", "cidr": "198.18.0.0/20", "gateway_ip": "198.18.0.1",
            "enable_dhcp": false, "allocation_pools": [["start": "198.18.0.2", "end": "198.18.15.254"]],
        ])
    }

    /// A new thing like the recorded one.
    func owned(_ template: JSON, _ id: String, _ project: String, _ now: Date) -> JSON {
        template.with([
            "id": .string(id), "tenant_id": .string(project), "project_id": .string(project),
            "created_at": now.seconds, "updated_at": now.seconds, "revision_number": 1,
        ])
    }

    /// A changed thing: newer, and its revision one higher.
    func touched(_ object: JSON, _ now: Date) -> JSON {
        object.with([
            "updated_at": now.seconds, "revision_number": .integer((object["revision_number"]?.integer ?? 0) + 1),
        ])
    }
}
