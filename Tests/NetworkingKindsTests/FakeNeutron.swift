// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import SiteKinds
import Synchronization

@testable import NetworkingKinds

/// A network service in memory that answers as the real one does where the kinds depend on it.
final class FakeNeutron: Sendable {
    struct World {
        var networks: [Neutron.Network] = []
        var subnets: [Neutron.Subnet] = []
        var routers: [Neutron.Router] = []
        var ports: [Neutron.Port] = []
        var groups: [Neutron.SecurityGroup] = []
        /// Calls that change something, in order.
        var journal: [String] = []
        /// What the next call of a name fails with, after or before its effect.
        var faults: [String: Fault] = [:]
        var count = 0
    }

    struct Fault {
        var error: OpenStackError
        var hasEffect = false
    }

    let state = Mutex(World())

    var world: World { state.withLock { $0 } }

    func edit(_ body: (inout World) -> Void) { state.withLock { body(&$0) } }

    /// A call that changes something.
    func call<Answer>(_ name: String, _ body: (inout World) throws -> Answer) throws -> Answer {
        try state.withLock { world in
            let fault = world.faults.removeValue(forKey: name)
            if let fault, !fault.hasEffect { throw fault.error }
            world.journal.append(name)
            world.count += 1
            let answer = try body(&world)
            if let fault { throw fault.error }
            return answer
        }
    }

    /// The answer to a creation is lost although it takes effect.
    func loseAnswer(to name: String) {
        edit { $0.faults[name] = Fault(error: self.error(.lost), hasEffect: true) }
    }

    func fail(_ name: String, _ code: OpenStackError.Code) { edit { $0.faults[name] = Fault(error: self.error(code)) } }

    func error(_ code: OpenStackError.Code, type: String? = nil) -> OpenStackError {
        OpenStackError(code, Call("call", .network, .post, "/"), said: "Neutron says so", type: type)
    }

    func one<Thing: Identifiable>(_ things: [Thing], _ id: Thing.ID) throws -> Thing {
        guard let thing = things.first(where: { $0.id == id }) else { throw error(.notFound) }
        return thing
    }
}

extension Query {
    subscript(key: String) -> String? { items.first { $0.key == key }?.value }
}

// MARK: - Networks, subnets, routers

extension FakeNeutron {
    var networkCloud: NetworkCloud {
        NetworkCloud(
            network: { try self.one(self.world.networks, $1) },
            networks: { _, query in self.world.networks.filter { $0.description == query["description"] } },
            createNetwork: { _, new, _ in try self.createNetwork(new) },
            updateNetwork: { _, id, changes in
                try self.call("change network") { world in
                    for index in world.networks.indices where world.networks[index].id == id {
                        if let mtu = changes["mtu"]?.integer { world.networks[index].mtu = Int(mtu) }
                        if let name = changes["name"]?.string { world.networks[index].name = name }
                    }
                }
            },
            deleteNetwork: { _, id in try self.delete("network", id, \.networks) },
            subnet: { try self.one(self.world.subnets, $1) },
            subnets: { _, query in self.world.subnets.filter { $0.description == query["description"] } },
            createSubnet: { try self.createSubnet($1) },
            updateSubnet: { _, id, changes in
                try self.call("change subnet") { world in
                    for index in world.subnets.indices where world.subnets[index].id == id {
                        if let servers = changes["dns_nameservers"]?.array {
                            world.subnets[index].dnsNameservers = servers.compactMap(\.string)
                        }
                        if let isOn = changes["enable_dhcp"]?.bool { world.subnets[index].enableDHCP = isOn }
                    }
                }
            },
            deleteSubnet: { _, id in try self.delete("subnet", id, \.subnets) },
            router: { try self.one(self.world.routers, $1) },
            routers: { _, query in self.world.routers.filter { $0.description == query["description"] } },
            createRouter: { try self.createRouter($1) },
            updateRouter: { _, id, changes in
                try self.call("change router") { world in
                    for index in world.routers.indices where world.routers[index].id == id {
                        let external = changes["external_gateway_info"]?["network_id"]?.string ?? ""
                        world.routers[index].gateway = Neutron.Gateway(networkID: external)
                    }
                }
            },
            deleteRouter: { _, id in try self.delete("router", id, \.routers) },
            addInterface: { _, router, subnet in
                try self.call("add interface") {
                    $0.ports.append(try .fake("interface-\($0.count)", router, subnet))
                }
            },
            removeInterface: { _, router, subnet in
                try self.call("remove interface") { world in
                    world.ports.removeAll { $0.deviceID == router && $0.fixedIPs.first?.subnetID == subnet }
                }
            },
            ports: { _, query in self.world.ports.filter { $0.deviceID == query["device_id"] } })
    }

    func delete<Thing: Identifiable>(
        _ word: String, _ id: Thing.ID, _ path: WritableKeyPath<World, [Thing]>
    ) throws {
        try call("delete \(word)") { world in
            _ = try one(world[keyPath: path], id)
            world[keyPath: path].removeAll { $0.id == id }
        }
    }

    private func createNetwork(_ new: Neutron.NewNetwork) throws -> Neutron.Network {
        try call("create network") { world in
            let tree: JSON = [
                "id": .string("network-\(world.count)"), "name": .string(new.name),
                "description": .string(new.description), "mtu": .integer(Int64(new.mtu ?? 1442)), "status": "ACTIVE",
            ]
            let network = try tree.decode(Neutron.Network.self)
            world.networks.append(network)
            return network
        }
    }

    private func createSubnet(_ new: Neutron.NewSubnet) throws -> Neutron.Subnet {
        try call("create subnet") { world in
            var tree = try JSON(encoding: new)
            tree["id"] = .string("subnet-\(world.count)")
            let subnet = try tree.decode(Neutron.Subnet.self)
            world.subnets.append(subnet)
            return subnet
        }
    }

    private func createRouter(_ new: Neutron.NewRouter) throws -> Neutron.Router {
        try call("create router") { world in
            var tree = try JSON(encoding: new)
            tree["id"] = .string("router-\(world.count)")
            let router = try tree.decode(Neutron.Router.self)
            world.routers.append(router)
            return router
        }
    }
}

extension Neutron.Port {
    /// A router's port in a subnet.
    fileprivate static func fake(_ id: String, _ router: String, _ subnet: String) throws -> Neutron.Port {
        let tree: JSON = [
            "id": .string(id), "network_id": "", "device_id": .string(router),
            "device_owner": "network:router_interface",
            "fixed_ips": [["subnet_id": .string(subnet), "ip_address": "10.0.0.1"]],
        ]
        return try tree.decode(Neutron.Port.self)
    }
}

extension Neutron.SecurityGroupRule {
    /// A rule that allows everything in one direction.
    static func fake(_ id: String, _ group: String, _ direction: String, _ etherType: String) throws -> Self {
        let tree: JSON = [
            "id": .string(id), "security_group_id": .string(group), "direction": .string(direction),
            "ethertype": .string(etherType),
        ]
        return try tree.decode(Self.self)
    }
}

// MARK: - Ports and groups

extension FakeNeutron {
    var portCloud: PortCloud {
        PortCloud(
            port: { try self.one(self.world.ports, $1) },
            ports: { _, query in self.world.ports.filter { $0.description == query["description"] } },
            createPort: { _, new, native in
                try self.call("create port") { world in
                    var tree = try JSON(encoding: new)
                    for member in native.members { tree[member.key] = member.value }
                    tree["id"] = .string("port-\(world.count)")
                    tree["mac_address"] = tree["mac_address"] ?? "fa:16:3e:00:00:01"
                    tree["fixed_ips"] = tree["fixed_ips"] ?? [["subnet_id": "subnet-1", "ip_address": "10.0.0.7"]]
                    tree["security_groups"] = tree["security_groups"] ?? ["default"]
                    let port = try tree.decode(Neutron.Port.self)
                    world.ports.append(port)
                    return port
                }
            },
            updatePort: { _, id, changes in
                try self.call("change port") { world in
                    let index = world.ports.firstIndex { $0.id == id } ?? 0
                    var tree = try JSON(encoding: world.ports[index])
                    for member in changes.object?.members ?? [] { tree[member.key] = member.value }
                    world.ports[index] = try tree.decode(Neutron.Port.self)
                    return world.ports[index]
                }
            },
            deletePort: { _, id in try self.delete("port", id, \.ports) })
    }

    var groupCloud: SecurityGroupCloud {
        SecurityGroupCloud(
            group: { try self.one(self.world.groups, $1) },
            groups: { _, query in self.world.groups.filter { $0.description == query["description"] } },
            createGroup: { try self.createGroup($1) },
            updateGroup: { _, id, changes in
                try self.call("change group") { world in
                    let index = world.groups.firstIndex { $0.id == id } ?? 0
                    world.groups[index].name = changes["name"]?.string ?? ""
                    return world.groups[index]
                }
            },
            deleteGroup: { _, id in try self.delete("group", id, \.groups) },
            createRule: { try self.createRule($1) },
            deleteRule: { _, id in
                try self.call("delete rule") { world in
                    for index in world.groups.indices { world.groups[index].rules?.removeAll { $0.id == id } }
                }
            })
    }

    private func createGroup(_ new: Neutron.NewSecurityGroup) throws -> Neutron.SecurityGroup {
        try call("create group") { world in
            let id = "group-\(world.count)"
            let tree: JSON = [
                "id": .string(id), "name": .string(new.name), "description": .string(new.description),
            ]
            var group = try tree.decode(Neutron.SecurityGroup.self)
            group.rules = try ["IPv4", "IPv6"].map { try .fake("\(id)-\($0)", id, "egress", $0) }
            world.groups.append(group)
            return group
        }
    }

    private func createRule(_ new: Neutron.NewSecurityGroupRule) throws -> Neutron.SecurityGroupRule {
        try call("create rule") { world in
            var tree = try JSON(encoding: new)
            tree["id"] = .string("rule-\(world.count)")
            let rule = try tree.decode(Neutron.SecurityGroupRule.self)
            let index = world.groups.firstIndex { $0.id == new.securityGroupID } ?? 0
            let isThere = world.groups[index].rules?.contains { RuleShape($0) == RuleShape(rule) } == true
            guard !isThere else { throw error(.conflict, type: "SecurityGroupRuleExists") }
            world.groups[index].rules?.append(rule)
            return rule
        }
    }
}
