// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    /// POST /servers: everything is checked before anything is made.
    mutating func createServer(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["server"] ?? .null
        let flavor = try check(wish, call)
        let count = wish["min_count"]?.integer ?? 1
        try checkQuota(flavor, count: count, call)
        let ports = try requestedPorts(wish, call)
        var made: [String] = []
        for _ in 0..<max(1, count) { made.append(try build(wish, flavor, ports, call)) }
        var body = Fixture.template("compute.server.create", "server").with([
            "id": .string(made[0]), "links": Self.links(made[0]), "security_groups": wish["security_groups"] ?? [],
        ])
        if body["adminPass"] != nil { body["adminPass"] = .string(String(hex().prefix(12))) }
        return Answer(
            like: "compute.server.create", "server", body)
    }

    private func check(_ wish: JSON, _ call: Call) throws(Refusal) -> JSON {
        if wish.text("name").isEmpty { throw Refusal("compute.server.bad") }
        guard let flavor = Self.flavor(wish.text("flavorRef")) else {
            throw Refusal("compute.server.noflavor", name: wish.text("flavorRef"))
        }
        let devices = wish["block_device_mapping_v2"]?.array ?? []
        if let image = wish["imageRef"]?.string, !image.isEmpty {
            guard Self.images.contains(where: { $0.text("id") == image }) else {
                throw Refusal("compute.server.noimage")
            }
            let bootsFromVolume = devices.contains {
                $0["boot_index"]?.integer == 0 && $0.text("destination_type") == "volume"
            }
            if flavor["disk"]?.integer == 0, !bootsFromVolume { throw Refusal("compute.server.diskless") }
        } else if devices.isEmpty {
            throw Refusal("compute.server.nothing")
        }
        if let key = wish["key_name"]?.string, keypair(key, call) == nil { throw Refusal("compute.server.nokey") }
        return flavor
    }

    /// The networks and ports that the wish names, which must be there, and the ports free.
    private func requestedPorts(_ wish: JSON, _ call: Call) throws(Refusal) -> [(network: String, port: String?)] {
        guard let wanted = wish["networks"] else { return [] }
        if ["none", "auto"].contains(wanted.string) { return [] }
        var found: [(network: String, port: String?)] = []
        for one in wanted.array ?? [] {
            if let id = one["port"]?.string {
                guard let port = network.ports[id], isVisible(port, call) else {
                    throw Refusal("compute.server.noport", id)
                }
                if !port.text("device_id").isEmpty { throw Refusal("compute.server.portinuse", id) }
                found.append((port.text("network_id"), id))
            } else {
                let id = one.text("uuid")
                guard let net = network.networks[id], isVisible(net, call) else {
                    throw Refusal("compute.server.nonetwork", id)
                }
                found.append((id, nil))
            }
        }
        return found
    }

    private mutating func build(
        _ wish: JSON, _ flavor: JSON, _ requested: [(network: String, port: String?)], _ call: Call
    ) throws(Refusal) -> String {
        let id = uuid()
        var server = SimulatedServer(json: newServer(id, wish, flavor, call), project: call.project)
        for one in requested {
            try plug(one.port, into: &server, network: one.network, wish, call)
        }
        for device in wish["block_device_mapping_v2"]?.array ?? [] { attach(device, to: &server, call) }
        server.start("scheduling", to: .active, at: call.now.advanced(by: settings.buildTime), now: call.now)
        compute.servers[id] = server
        noteAction("create", of: id, call)
        return id
    }

    private func newServer(_ id: String, _ wish: JSON, _ flavor: JSON, _ call: Call) -> JSON {
        var embedded = Fixture.template("compute.server.get", "server")["flavor"] ?? .null
        for key in ["vcpus", "ram", "disk", "swap", "extra_specs"] { embedded[key] = flavor[key] ?? .null }
        embedded["original_name"] = flavor["name"]
        let image = wish["imageRef"]?.string ?? ""
        return Fixture.template("compute.server.building", "server").with([
            "id": .string(id), "name": wish["name"] ?? "", "tenant_id": .string(call.project),
            "user_id": .string(call.token?.user ?? ""), "metadata": wish["metadata"] ?? [:], "flavor": embedded,
            "image": image.isEmpty ? "" : ["id": .string(image), "links": []],
            "created": call.now.seconds, "updated": call.now.seconds, "links": Self.links(id),
            "key_name": wish["key_name"] ?? .null, "description": wish["description"] ?? .null,
            "tags": wish["tags"] ?? [], "config_drive": wish["config_drive"]?.bool == true ? "True" : "",
            "OS-EXT-AZ:availability_zone": wish["availability_zone"] ?? "nova",
            "OS-EXT-SRV-ATTR:hostname": wish["hostname"] ?? wish["name"] ?? "",
        ])
    }

    static func links(_ id: String) -> JSON {
        [
            ["rel": "self", "href": .string("{base}/compute/v2.1/servers/\(id)")],
            ["rel": "bookmark", "href": .string("{base}/compute/servers/\(id)")],
        ]
    }

    /// Takes the port that was given, or makes one.
    private mutating func plug(
        _ port: String?, into server: inout SimulatedServer, network net: String, _ wish: JSON, _ call: Call
    ) throws(Refusal) {
        let device: JSON = .string(server.id)
        if let port, let found = network.ports[port] {
            network.ports[port] = touched(found, call.now).with(["device_id": device, "device_owner": "compute:nova"])
            server.givenPorts.append(port)
            return
        }
        var new: JSON = ["network_id": .string(net), "device_id": device, "device_owner": "compute:nova"]
        let names = wish["security_groups"]?.array?.compactMap { $0["name"]?.string }
        if let names {
            let groups = network.groups.all.filter { group in
                group.text("project_id") == call.project
                    && (names.contains(group.text("name")) || names.contains(group.text("id")))
            }
            new["security_groups"] = .array(groups.compactMap { $0["id"] })
        }
        server.ownPorts.append(try addPort(new, project: call.project, call).text("id"))
    }

    /// A disk from an image or blank is a new volume; a volume is itself.
    private mutating func attach(_ device: JSON, to server: inout SimulatedServer, _ call: Call) {
        guard device.text("destination_type") == "volume" else { return }
        let owner = call.token?.user ?? ""
        let isExisting = device.text("source_type") == "volume"
        var volume =
            isExisting
            ? volumes[device.text("uuid")] ?? .null
            : addVolume(
                like: "volume.volume.get",
                ["size": device["volume_size"] ?? 1, "volume_type": device["volume_type"] ?? "__DEFAULT__"],
                call.project, owner, call.now)
        let id = volume.text("id")
        let isRoot = device["boot_index"]?.integer == 0
        volume["status"] = "in-use"
        volume["attachments"] = [
            [
                "id": .string(id), "attachment_id": .string(uuid()), "volume_id": .string(id),
                "server_id": .string(server.id), "host_name": .null, "device": isRoot ? "/dev/sda" : "/dev/sdb",
                "attached_at": call.now.zoneless,
            ]
        ]
        volumes[id] = volume
        let goes = device["delete_on_termination"]?.bool ?? false
        if goes { server.ownVolumes.append(id) } else { server.keptVolumes.append(id) }
        server.showVolumes()
    }
}
