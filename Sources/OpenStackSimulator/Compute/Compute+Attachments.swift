// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Volumes that are plugged into a server, or taken out, while it is there.
extension SiteState {
    func listAttachments(_ call: Call) throws(Refusal) -> Answer {
        let server = try server(call)
        let shown = (server.ownVolumes + server.keptVolumes).map { shownAttachment($0, server) }
        return Answer(like: "compute.attachment.list", "volumeAttachments", .array(shown))
    }

    private func shownAttachment(_ id: String, _ server: SimulatedServer) -> JSON {
        let recorded = Fixture.template("compute.attachment.list", "volumeAttachments")[0] ?? .null
        let attachment = volumes[id]?["attachments"]?[0] ?? .null
        return recorded.with([
            "volumeId": .string(id), "serverId": .string(server.id), "device": attachment["device"] ?? .null,
            "attachment_id": attachment["attachment_id"] ?? .null,
            "delete_on_termination": .bool(server.ownVolumes.contains(id)),
        ])
    }

    func showAttachment(_ call: Call) throws(Refusal) -> Answer {
        let server = try server(call)
        let id = call.parameters[1]
        guard (server.ownVolumes + server.keptVolumes).contains(id) else {
            throw Refusal("compute.attachment.absent", server.id, id)
        }
        return Answer(like: "compute.attachment.get", "volumeAttachment", shownAttachment(id, server))
    }

    mutating func attachVolume(_ call: Call) throws(Refusal) -> Answer {
        guard var server = compute.servers[call.id], !server.isDeleted, server.project == call.project else {
            throw Refusal("compute.attachment.noserver", call.id)
        }
        let wish = call.body["volumeAttachment"] ?? .null
        let id = wish.text("volumeId")
        guard let volume = ownVolume(id, call) else { throw Refusal("compute.attachment.novolume", id) }
        guard volume.text("status") == "available" else {
            throw Refusal("compute.attachment.twice", id, volume["attachments"]?[0]?.text("server_id") ?? "")
        }
        let letter = "bcdefghijklmnopqrstuvwxyz".dropFirst(server.keptVolumes.count).first ?? "z"
        let device = "/dev/sd\(letter)"
        let goes = wish["delete_on_termination"]?.bool ?? false
        if goes { server.ownVolumes.append(id) } else { server.keptVolumes.append(id) }
        server.showVolumes()
        compute.servers[call.id] = server
        let attachment: JSON = [
            "id": .string(id), "attachment_id": .string(uuid()), "volume_id": .string(id),
            "server_id": .string(server.id), "host_name": .null, "device": .string(device),
            "attached_at": call.now.zoneless,
        ]
        begin("attaching", volume: id, call.now, then: ["status": "in-use", "attachments": [attachment]])
        noteAction("attach_volume", of: call.id, call)
        let shown = Fixture.template("compute.attachment.create", "volumeAttachment").with([
            "id": .string(id), "volumeId": .string(id), "serverId": .string(server.id), "device": .string(device),
            "delete_on_termination": .bool(goes),
        ])
        return Answer(like: "compute.attachment.create", "volumeAttachment", shown)
    }

    mutating func detachVolume(_ call: Call) throws(Refusal) -> Answer {
        var server = try server(call)
        let id = call.parameters[1]
        guard (server.ownVolumes + server.keptVolumes).contains(id) else {
            throw Refusal("compute.attachment.absent", server.id, id)
        }
        server.ownVolumes.removeAll { $0 == id }
        server.keptVolumes.removeAll { $0 == id }
        server.showVolumes()
        compute.servers[call.id] = server
        begin("detaching", volume: id, call.now, then: ["status": "available", "attachments": []])
        noteAction("detach_volume", of: call.id, call)
        return Answer(recorded: "compute.attachment.delete")
    }
}

extension SimulatedServer {
    /// Lists its volumes where it is shown.
    mutating func showVolumes() {
        let entries = (ownVolumes.map { ($0, true) } + keptVolumes.map { ($0, false) }).map { id, goes -> JSON in
            ["id": .string(id), "delete_on_termination": .bool(goes)]
        }
        json["os-extended-volumes:volumes_attached"] = .array(entries)
    }
}
