// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension SiteState {
    mutating func createFloatingIP(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["floatingip"] ?? .null
        try checkMembers(wish, .floatingIP)
        let outside = wish.text("floating_network_id")
        guard try visible(.network, outside, call)["router:external"]?.bool == true else {
            throw Refusal("network.floatingip.badnetwork", outside)
        }
        if wish["floating_ip_address"] != nil, !call.isAdmin { throw Refusal("network.floatingip.address") }
        try checkQuota("floatingip", call)
        let id = uuid()
        var address = owned(Fixture.template("network.floatingip.create", "floatingip"), id, call.project, call.now)
        address["description"] = ""
        overlay(&address, wish, except: ["port_id"])
        try associate(&address, wish, call)
        let port = try addPort(
            [
                "network_id": .string(outside), "device_id": .string(id), "device_owner": "network:floatingip",
                "security_groups": [], "status": "N/A",
            ], project: "", call)
        address["floating_ip_address"] = port["fixed_ips"]?[0]?["ip_address"] ?? .null
        network.floatingIPs[id] = address
        return Answer(like: "network.floatingip.create", "floatingip", address)
    }

    /// Puts the address on the port that the wish names, or on none.
    func associate(_ address: inout JSON, _ wish: JSON, _ call: Call) throws(Refusal) {
        guard let asked = wish["port_id"] else { return }
        guard let id = asked.string else { return address = released(address, call.now) }
        let port = try visible(.port, id, call)
        let outside = address.text("floating_network_id")
        let subnet = port["fixed_ips"]?[0]?.text("subnet_id") ?? ""
        guard let router = router(from: subnet, to: outside) else {
            throw Refusal("network.floatingip.unreachable", outside, subnet, id)
        }
        address = address.with([
            "port_id": .string(id), "router_id": .string(router), "status": "ACTIVE",
            "fixed_ip_address": port["fixed_ips"]?[0]?["ip_address"] ?? .null,
            "port_details": Self.details(port),
        ])
    }

    private static func details(_ port: JSON) -> JSON {
        var details = JSONObject()
        for key in ["name", "network_id", "mac_address", "admin_state_up", "status", "device_id", "device_owner"] {
            details[key] = port[key]
        }
        return .object(details)
    }

    private func router(from subnet: String, to outside: String) -> String? {
        network.routers.all.first { router in
            router["external_gateway_info"]?.text("network_id") == outside
                && ports(of: router.text("id"), "network:router_interface").contains { port in
                    port["fixed_ips"]?[0]?.text("subnet_id") == subnet
                }
        }?.text("id")
    }

    func released(_ address: JSON, _ now: Date) -> JSON {
        touched(address, now).with([
            "port_id": .null, "router_id": .null, "fixed_ip_address": .null, "status": "DOWN", "port_details": .null,
        ])
    }
}
