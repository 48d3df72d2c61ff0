// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    mutating func createRouter(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["router"] ?? .null
        try checkMembers(wish, .router)
        try checkQuota("router", call)
        let id = uuid()
        var router = owned(Fixture.template("network.router.create", "router"), id, call.project, call.now)
        router["external_gateway_info"] = .null
        router["description"] = ""
        router["name"] = ""
        overlay(&router, wish, except: ["external_gateway_info"])
        network.routers[id] = router
        do {
            try setGateway(&router, wish, call)
        } catch {
            network.routers[id] = nil
            throw error
        }
        network.routers[id] = router
        return Answer(like: "network.router.create", "router", router)
    }

    /// A gateway is a port in the network that leads out, which only an administrator sees.
    mutating func setGateway(_ router: inout JSON, _ changes: JSON, _ call: Call) throws(Refusal) {
        guard let wish = changes["external_gateway_info"] else { return }
        let id = router.text("id")
        let wanted = wish.text("network_id")
        let present = router["external_gateway_info"]?.text("network_id") ?? ""
        if wish["enable_snat"] != nil, !call.isAdmin { throw Refusal("network.router.snat") }
        if wanted == present {
            if let snat = wish["enable_snat"] { router["external_gateway_info"]?["enable_snat"] = snat }
            return
        }
        if network.floatingIPs.all.contains(where: { $0.text("router_id") == id }) {
            throw Refusal("network.router.needed", id, present)
        }
        for port in ports(of: id, "network:router_gateway") { network.ports[port.text("id")] = nil }
        router["external_gateway_info"] = .null
        guard !wanted.isEmpty else { return }
        guard network.networks[wanted]?["router:external"]?.bool == true else {
            throw Refusal("network.network.absent", wanted)
        }
        let port = try addPort(
            [
                "network_id": .string(wanted), "device_id": .string(id), "device_owner": "network:router_gateway",
                "security_groups": [], "status": "ACTIVE",
            ], project: "", call)
        router["external_gateway_info"] = [
            "network_id": .string(wanted), "external_fixed_ips": port["fixed_ips"] ?? [],
            "enable_snat": wish["enable_snat"] ?? true,
        ]
    }

    /// A route must go to an address in one of the router's subnets.
    func setRoutes(_ router: inout JSON, _ changes: JSON) throws(Refusal) {
        guard let routes = changes["routes"]?.array else { return }
        let subnets = ports(of: router.text("id"), "network:router_interface")
            .flatMap { $0["fixed_ips"]?.array ?? [] }
            .compactMap { network.subnets[$0.text("subnet_id")]?.text("cidr") }
        let isReached = routes.allSatisfy { route in subnets.contains { Self.isIn($0, route.text("nexthop")) } }
        guard isReached else { throw Refusal("network.router.badroute") }
        router["routes"] = .array(routes)
    }

    /// Whether an address is in a range; of IPv6 ranges those that end at a colon are known.
    static func isIn(_ range: String, _ address: String) -> Bool {
        guard let range = IPv4Range(range) else {
            return address.hasPrefix(range.prefix { $0 != "/" }.replacing("::", with: ":"))
        }
        return IPv4Range.address(address).map(range.contains) ?? false
    }

    func ports(of device: String, _ owner: String) -> [JSON] {
        network.ports.all.filter { $0.text("device_id") == device && $0.text("device_owner") == owner }
    }

    /// The router's port in a subnet.
    private func interface(of router: String, in subnet: String) -> JSON? {
        ports(of: router, "network:router_interface").first { port in
            port["fixed_ips"]?.array?.contains { $0.text("subnet_id") == subnet } ?? false
        }
    }

    mutating func addInterface(_ call: Call) throws(Refusal) -> Answer {
        let router = try visible(.router, call.id, call)
        if let id = call.body["port_id"]?.string { return try addInterface(port: id, to: router, call) }
        let subnet = try visible(.subnet, call.body.text("subnet_id"), call)
        let id = subnet.text("id")
        if interface(of: call.id, in: id) != nil { throw Refusal("network.interface.twice", id) }
        let port = try addPort(
            [
                "network_id": subnet["network_id"] ?? "", "device_id": .string(call.id),
                "device_owner": "network:router_interface", "security_groups": [], "status": "ACTIVE",
                "port_security_enabled": false,
                "fixed_ips": [["subnet_id": .string(id), "ip_address": subnet["gateway_ip"] ?? .null]],
            ], project: router.text("project_id"), call)
        return Answer(200, Self.describe(port, subnet: id, router))
    }

    private mutating func addInterface(port id: String, to router: JSON, _ call: Call) throws(Refusal) -> Answer {
        let port = try visible(.port, id, call).with([
            "device_id": router["id"] ?? "", "device_owner": "network:router_interface", "status": "ACTIVE",
        ])
        network.ports[id] = touched(port, call.now)
        return Answer(200, Self.describe(port, subnet: port["fixed_ips"]?[0]?.text("subnet_id") ?? "", router))
    }

    private static func describe(_ port: JSON, subnet: String, _ router: JSON) -> JSON {
        Fixture.named("network.interface.add").body.with([
            "id": router["id"] ?? "", "tenant_id": router["tenant_id"] ?? "", "port_id": port["id"] ?? "",
            "network_id": port["network_id"] ?? "", "subnet_id": .string(subnet), "subnet_ids": [.string(subnet)],
        ])
    }

    mutating func removeInterface(_ call: Call) throws(Refusal) -> Answer {
        let router = try visible(.router, call.id, call)
        let asked = call.body["port_id"]?.string.flatMap { network.ports[$0] }
        let subnet = call.body["subnet_id"]?.string ?? asked?["fixed_ips"]?[0]?.text("subnet_id") ?? ""
        guard let port = interface(of: call.id, in: subnet) else {
            throw Refusal("network.interface.absent", call.id, subnet)
        }
        let isNeeded = network.floatingIPs.all.contains { address in
            address.text("router_id") == call.id
                && network.ports[address.text("port_id")]?["fixed_ips"]?.array?.contains {
                    $0.text("subnet_id") == subnet
                } ?? false
        }
        if isNeeded { throw Refusal("network.interface.inuse", subnet, call.id) }
        let range = network.subnets[subnet]?.text("cidr") ?? ""
        if (router["routes"]?.array ?? []).contains(where: { Self.isIn(range, $0.text("nexthop")) }) {
            throw Refusal("network.interface.routed", subnet, call.id)
        }
        network.ports[port.text("id")] = nil
        return Answer(200, Self.describe(port, subnet: subnet, router))
    }

    mutating func deleteRouter(_ call: Call) throws(Refusal) {
        if let port = ports(of: call.id, "network:router_interface").first {
            throw Refusal("network.router.inuse", call.id, port.text("id"))
        }
        for port in ports(of: call.id, "network:router_gateway") { network.ports[port.text("id")] = nil }
    }
}
