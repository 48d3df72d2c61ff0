// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    mutating func createNetwork(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["network"] ?? .null
        try checkMembers(wish, .network)
        if let mtu = wish["mtu"], mtu.integer == nil { throw Refusal("network.bad") }
        if wish["shared"]?.bool == true, !call.isAdmin { throw Refusal("network.network.forbidden") }
        try checkQuota("network", call)
        ensureDefaultGroup(call)
        let id = uuid()
        var object = owned(Fixture.template("network.network.create", "network"), id, call.project, call.now)
        object["description"] = ""
        overlay(&object, wish)
        network.networks[id] = object
        return Answer(like: "network.network.create", "network", object)
    }

    /// What the wish says, over what the template had.
    func overlay(_ object: inout JSON, _ wish: JSON, except derived: [String] = []) {
        for member in wish.object?.members ?? [] where !derived.contains(member.key) && member.key != "tags" {
            object[member.key] = member.value
        }
    }

    /// Its subnets go with it; ports that something uses hold it.
    mutating func deleteNetwork(_ call: Call) throws(Refusal) {
        let ports = network.ports.all.filter { $0.text("network_id") == call.id }
        if let port = ports.first { throw Refusal("network.network.inuse", call.id, port.text("id")) }
        for subnet in network.subnets.all where subnet.text("network_id") == call.id {
            network.subnets[subnet.text("id")] = nil
        }
    }

    mutating func createSubnet(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["subnet"] ?? .null
        try checkMembers(wish, .subnet)
        let parent = wish.text("network_id")
        var owner = try visible(.network, parent, call)
        if wish["ip_version"]?.integer != 6 {
            guard let range = IPv4Range(wish.text("cidr")) else { throw Refusal("network.subnet.badcidr") }
            let overlapping = network.subnets.all.contains { other in
                other.text("network_id") == parent
                    && IPv4Range(other.text("cidr")).map { $0.overlaps(range) } ?? false
            }
            if overlapping { throw Self.overlap(range, parent) }
        }
        try checkQuota("subnet", call)
        let id = uuid()
        var object = owned(Fixture.template("network.subnet.create", "subnet"), id, call.project, call.now)
        object["name"] = ""
        overlay(&object, wish)
        if let range = IPv4Range(object.text("cidr")) { Self.fill(&object, range, wish) }
        if wish["ip_version"]?.integer == 6 { Self.fillIPv6(&object, wish) }
        network.subnets[id] = object
        owner["subnets"] = .array((owner["subnets"]?.array ?? []) + [.string(id)])
        network.networks[parent] = touched(owner, call.now)
        return Answer(like: "network.subnet.create", "subnet", object)
    }

    private static func overlap(_ range: IPv4Range, _ network: String) -> Refusal {
        var answer = Refusal("network.subnet.overlap", network).answer
        let said = answer.body["NeutronError"]?.text("message").replacing("10.9.0.0/25", with: range.text)
        answer.body["NeutronError"]?["message"] = .string(said ?? "")
        return Refusal(answer)
    }

    private static func fill(_ object: inout JSON, _ range: IPv4Range, _ wish: JSON) {
        object["cidr"] = .string(range.text)
        if wish["gateway_ip"] == nil { object["gateway_ip"] = .string(IPv4Range.text(range.first + 1)) }
        guard wish["allocation_pools"] == nil else { return }
        let isFirst = IPv4Range.address(object.text("gateway_ip")) == range.first + 1
        object["allocation_pools"] = [
            [
                "start": .string(IPv4Range.text(range.first + (isFirst ? 2 : 1))),
                "end": .string(IPv4Range.text(range.last - 1)),
            ]
        ]
    }

    private static func fillIPv6(_ object: inout JSON, _ wish: JSON) {
        let start = object.text("cidr").prefix { $0 != "/" }
        if wish["gateway_ip"] == nil { object["gateway_ip"] = .string(start + "1") }
        guard wish["allocation_pools"] == nil else { return }
        object["allocation_pools"] = [["start": .string(start + "2"), "end": .string(start + "ffff:ffff:ffff:ffff")]]
    }

    mutating func deleteSubnet(_ subnet: JSON, _ call: Call) throws(Refusal) {
        let isUsed = network.ports.all.contains { port in
            port["fixed_ips"]?.array?.contains { $0.text("subnet_id") == call.id } ?? false
        }
        if isUsed { throw Refusal("network.subnet.inuse", call.id) }
        let parent = subnet.text("network_id")
        guard let owner = network.networks[parent] else { return }
        let left = (owner["subnets"]?.array ?? []).filter { $0.string != call.id }
        network.networks[parent] = touched(owner.with(["subnets": .array(left)]), call.now)
    }
}
