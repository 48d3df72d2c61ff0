// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension SiteState {
    func server(_ call: Call) throws(Refusal) -> SimulatedServer {
        guard let server = compute.servers[call.id], !server.isDeleted, call.isAdmin || server.project == call.project
        else { throw Refusal("compute.server.absent", call.id) }
        return server
    }

    /// As it is shown: the addresses are those of its ports, once it is built.
    func rendered(_ server: SimulatedServer) -> JSON {
        guard server.vmState != "building", !server.isDeleted else { return server.json }
        var addresses = JSONObject()
        for port in server.ports.compactMap({ network.ports[$0] }) {
            let name = network.networks[port.text("network_id")]?.text("name") ?? ""
            let shown = self.addresses(of: port)
            if !shown.isEmpty { addresses[name] = .array((addresses[name]?.array ?? []) + shown) }
        }
        return server.json.with(["addresses": .object(addresses)])
    }

    private func addresses(of port: JSON) -> [JSON] {
        let floating = network.floatingIPs.all.filter { $0.text("port_id") == port.text("id") }
        let fixed = (port["fixed_ips"]?.array ?? []).map { ("fixed", $0.text("ip_address")) }
        return (fixed + floating.map { ("floating", $0.text("floating_ip_address")) }).map { kind, address in
            [
                "version": address.contains(":") ? 6 : 4, "addr": .string(address), "OS-EXT-IPS:type": .string(kind),
                "OS-EXT-IPS-MAC:mac_addr": port["mac_address"] ?? "",
            ]
        }
    }

    /// A project sees its own; with `changes-since` also what was deleted since, which has lost tags and metadata.
    func listServers(_ call: Call) throws(Refusal) -> Answer {
        let all = call.value("all_tenants").map { $0 != "0" } ?? false
        if all, !call.isAdmin { throw Refusal("compute.server.alltenants") }
        let since = call.value("changes-since").flatMap { Date(moment: $0) }
        let found = compute.servers.all.filter { server in
            guard all || server.project == call.project else { return false }
            if let since { return (Date(moment: server.json.text("updated")) ?? .distantPast) >= since }
            return !server.isDeleted
        }
        let shown = found.map(rendered).filter { passes($0, call) }
        return Listing(collection: "servers", path: call.path).answer(shown.reversed(), call)
    }

    private func passes(_ server: JSON, _ call: Call) -> Bool {
        let keys = ["name", "status", "tags", "uuid", "key_name", "user_id"]
        return keys.allSatisfy { key in
            let values = call.values(key)
            return values.isEmpty || server.passes(key == "uuid" ? "id" : key, values)
        }
    }

    mutating func updateServer(_ call: Call) throws(Refusal) -> Answer {
        var server = try server(call)
        for key in ["name", "description"] {
            if let value = call.body["server"]?[key] { server.json[key] = value }
        }
        if let hostname = call.body["server"]?["hostname"] { server.json["OS-EXT-SRV-ATTR:hostname"] = hostname }
        server.json["updated"] = call.now.seconds
        compute.servers[call.id] = server
        return Answer(like: "compute.server.update", "server", rendered(server))
    }

    /// What is not named goes.
    mutating func replaceMetadata(_ call: Call) throws(Refusal) -> Answer {
        guard var server = compute.servers[call.id], !server.isDeleted, server.project == call.project else {
            throw Refusal("compute.server.metadata.absent", call.id)
        }
        server.json["metadata"] = call.body["metadata"] ?? [:]
        server.json["updated"] = call.now.seconds
        compute.servers[call.id] = server
        return Answer(like: "compute.server.metadata.update", "metadata", server.json["metadata"] ?? [:])
    }

    mutating func deleteServer(_ call: Call) throws(Refusal) -> Answer {
        var server = try server(call)
        server.start("deleting", to: .deleted, at: call.now.advanced(by: settings.buildTime), now: call.now)
        compute.servers[call.id] = server
        noteAction("delete", of: call.id, call)
        return Answer(recorded: "compute.server.delete")
    }

    /// Lets end what is due.
    mutating func settleServers(at now: Date) {
        for var server in compute.servers.all {
            guard let next = server.next, next.due <= now else { continue }
            let isNew = server.vmState == "building"
            server.enter(next.phase, at: now)
            switch next.phase.status {
            case "DELETED": takeAway(&server, now)
            case "ACTIVE" where isNew: finishBuild(&server, now)
            default: break
            }
            compute.servers[server.id] = server
        }
    }

    private mutating func finishBuild(_ server: inout SimulatedServer, _ now: Date) {
        let built = Fixture.template("compute.server.get", "server")
        server.json["hostId"] = built["hostId"]
        server.json["OS-SRV-USG:launched_at"] = now.zoneless
        var names: [JSON] = []
        for id in server.ports {
            guard let port = network.ports[id] else { continue }
            network.ports[id] = touched(port, now).with(["status": "ACTIVE"])
            for group in port["security_groups"]?.array ?? [] {
                names.append(["name": network.groups[group.string ?? ""]?["name"] ?? ""])
            }
        }
        server.json["security_groups"] = .array(names)
    }

    /// Its own ports and disks go; those that were there before are free again.
    private mutating func takeAway(_ server: inout SimulatedServer, _ now: Date) {
        for id in server.ownPorts { deletePort(id, now) }
        for id in server.givenPorts {
            guard let port = network.ports[id] else { continue }
            network.ports[id] = touched(port, now).with(["device_id": "", "device_owner": "", "status": "DOWN"])
        }
        for id in server.ownVolumes { volumes[id] = nil }
        for id in server.keptVolumes {
            volumes[id] = volumes[id]?.with(["status": "available", "attachments": [], "updated_at": now.zoneless])
        }
        server.isDeleted = true
        server.json = server.json.with([
            "metadata": [:], "tags": [], "addresses": [:], "OS-SRV-USG:terminated_at": now.zoneless,
        ])
    }
}
