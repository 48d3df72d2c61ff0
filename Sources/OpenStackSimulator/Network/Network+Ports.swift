// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension SiteState {
    mutating func createPort(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["port"] ?? .null
        try checkMembers(wish, .port)
        guard network.networks[wish.text("network_id")].map({ isVisible($0, call) }) ?? false else {
            throw Refusal("network.port.nonetwork", wish.text("network_id"))
        }
        try checkQuota("port", call)
        let port = try addPort(wish, project: call.project, call)
        return Answer(like: "network.port.create", "port", port)
    }

    /// Makes a port for whoever needs one: a customer, a server, a router.
    mutating func addPort(_ wish: JSON, project: String, _ call: Call) throws(Refusal) -> JSON {
        let id = uuid()
        var port = owned(Fixture.template("network.port.create", "port"), id, project, call.now)
        let group = ensureDefaultGroup(call)
        port["name"] = ""
        port["mac_address"] = .string(nextMAC())
        port["security_groups"] = group.map { [.string($0)] } ?? []
        overlay(&port, wish, except: ["fixed_ips"])
        port["fixed_ips"] = try addresses(for: wish["fixed_ips"], in: wish.text("network_id"), except: id)
        try checkGroups(port, call)
        network.ports[id] = port
        return port
    }

    private func checkGroups(_ port: JSON, _ call: Call) throws(Refusal) {
        for group in port["security_groups"]?.array ?? [] {
            guard let id = group.string, let found = network.groups[id], isVisible(found, call) else {
                throw Refusal("network.port.nogroup", group.string ?? "")
            }
        }
    }

    private mutating func nextMAC() -> String {
        let number = next()
        let digits = [16, 8, 0].map { shift in
            let text = String(number >> shift & 255, radix: 16)
            return text.count < 2 ? "0" + text : text
        }
        return "fa:16:3e:" + digits.joined(separator: ":")
    }

    /// A changed port keeps what the change does not name.
    func setAddresses(_ port: inout JSON, _ changes: JSON, _ call: Call) throws(Refusal) {
        if changes["security_groups"] != nil {
            try checkGroups(port.with(["security_groups": changes["security_groups"] ?? []]), call)
        }
        guard let wish = changes["fixed_ips"] else { return }
        port["fixed_ips"] = try addresses(for: wish, in: port.text("network_id"), except: port.text("id"))
    }

    /// The addresses that a port gets: those asked for, else the next free one of the network's first subnet of each
    /// IP version.
    private func addresses(for wish: JSON?, in parent: String, except port: String) throws(Refusal) -> JSON {
        let subnets = network.subnets.all.filter { $0.text("network_id") == parent }
        guard let wanted = wish?.array else {
            var given: [JSON] = []
            for version: Int64 in [4, 6] {
                guard let subnet = subnets.first(where: { $0["ip_version"]?.integer == version }),
                    let address = free(in: subnet, except: port)
                else { continue }
                given.append(["subnet_id": subnet["id"] ?? "", "ip_address": .string(address)])
            }
            return .array(given)
        }
        var given: [JSON] = []
        for one in wanted {
            given.append(try address(one, in: subnets, except: port))
        }
        return .array(given)
    }

    private func address(_ wish: JSON, in subnets: [JSON], except port: String) throws(Refusal) -> JSON {
        let asked = wish["ip_address"]?.string
        let subnet = subnets.first { subnet in
            if let id = wish["subnet_id"]?.string { return subnet.text("id") == id }
            guard let asked, let address = IPv4Range.address(asked) else { return false }
            return IPv4Range(subnet.text("cidr"))?.contains(address) ?? false
        }
        guard let subnet else { throw Self.outside(asked ?? "") }
        guard let address = asked ?? free(in: subnet, except: port) else { throw Self.outside("") }
        if let number = IPv4Range.address(address), IPv4Range(subnet.text("cidr"))?.contains(number) == false {
            throw Self.outside(address)
        }
        if taken(in: subnet.text("id"), except: port).contains(address) {
            var answer = Refusal("network.port.taken", subnet.text("id")).answer
            answer.body["NeutronError"]?["message"] = .string(
                "IP address \(address) already allocated in subnet \(subnet.text("id"))")
            throw Refusal(answer)
        }
        return ["subnet_id": subnet["id"] ?? "", "ip_address": .string(address)]
    }

    private static func outside(_ address: String) -> Refusal {
        var answer = Refusal("network.port.outside").answer
        let said = answer.body["NeutronError"]?.text("message").replacing("10.99.0.5", with: address)
        answer.body["NeutronError"]?["message"] = .string(said ?? "")
        return Refusal(answer)
    }

    private func taken(in subnet: String, except port: String) -> Set<String> {
        var taken: Set<String> = []
        for other in network.ports.all where other.text("id") != port {
            for address in other["fixed_ips"]?.array ?? [] where address.text("subnet_id") == subnet {
                taken.insert(address.text("ip_address"))
            }
        }
        return taken
    }

    private func free(in subnet: JSON, except port: String) -> String? {
        let taken = taken(in: subnet.text("id"), except: port)
        let pool = subnet["allocation_pools"]?[0] ?? .null
        guard let first = IPv4Range.address(pool.text("start")), let last = IPv4Range.address(pool.text("end")) else {
            let start = subnet.text("cidr").prefix { $0 != "/" }
            return (2...).lazy.map { start + String($0, radix: 16) }.first { !taken.contains($0) }
        }
        guard first <= last else { return nil }
        return (first...last).lazy.map(IPv4Range.text).first { !taken.contains($0) }
    }

    /// A floating IP at the port comes off.
    mutating func deletePort(_ id: String, _ now: Date) {
        for address in network.floatingIPs.all where address.text("port_id") == id {
            network.floatingIPs[address.text("id")] = released(address, now)
        }
        network.ports[id] = nil
    }
}
