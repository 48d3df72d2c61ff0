// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension SiteState {
    static let volumeOwner = "os-vol-tenant-attr:tenant_id"

    func listVolumes(_ call: Call) -> Answer {
        // `all_tenants` is taken from a member, and does nothing.
        let all = call.isAdmin && call.value("all_tenants") != nil
        let own = volumes.all.filter { all || $0.text(Self.volumeOwner) == call.project }
        return Listing(collection: "volumes", path: call.path).answer(own.filter { Self.passes($0, call) }, call)
    }

    /// Cinder wants a dictionary as Python writes it: `metadata={'key':'value'}`.
    static func passes(_ thing: JSON, _ call: Call) -> Bool {
        let keys = Set(call.query.map(\.key)).subtracting(["limit", "marker", "sort", "all_tenants"])
        return keys.allSatisfy { key in
            guard key == "metadata" else { return thing.passes(key, call.values(key)) }
            let wanted = try? JSON(parsing: Array((call.value(key) ?? "").replacing("'", with: "\"").utf8))
            return (wanted?.object?.members ?? []).allSatisfy { thing["metadata"]?[$0.key] == $0.value }
        }
    }

    func volume(_ call: Call) throws(Refusal) -> JSON {
        let id = call.parameters[1]
        guard let volume = ownVolume(id, call) else { throw Refusal("volume.absent", id) }
        return volume
    }

    func ownVolume(_ id: String, _ call: Call) -> JSON? {
        guard let volume = volumes[id], call.isAdmin || volume.text(Self.volumeOwner) == call.project else {
            return nil
        }
        return volume
    }

    mutating func createVolume(_ call: Call) throws(Refusal) -> Answer {
        var wish = call.body["volume"] ?? .null
        let source = try source(of: wish, call)
        wish["size"] = wish["size"] ?? source["size"]
        try checkGigabytes(wish["size"]?.integer ?? 0, "volume.volume.quota", call)
        var volume = addVolume(like: "volume.volume.available", wish, call.project, call.token?.user ?? "", call.now)
        let id = volume.text("id")
        if let type = source["volume_type"], wish["volume_type"] == nil { volume["volume_type"] = type }
        volume["bootable"] = source["bootable"] ?? "false"
        volumes[id] = volume
        begin("creating", volume: id, call.now, then: ["status": "available"])
        volume["status"] = "creating"
        return Answer(like: "volume.volume.create", "volume", volume)
    }

    /// What a new volume is made of, which must be there; its size, type and whether servers boot from it.
    private func source(of wish: JSON, _ call: Call) throws(Refusal) -> JSON {
        if let type = wish["volume_type"]?.string { try checkType(type, "volume.volume.notype") }
        if let image = wish["imageRef"]?.string {
            guard Self.images.contains(where: { $0.text("id") == image }) else {
                throw Refusal("volume.volume.noimage")
            }
            return ["bootable": "true"]
        }
        if let id = wish["snapshot_id"]?.string {
            guard let snapshot = ownSnapshot(id, call) else { throw Refusal("volume.volume.nosnapshot", id) }
            let original = volumes[snapshot.text("volume_id")] ?? .null
            if let size = wish["size"]?.integer, size < snapshot["size"]?.integer ?? 0 {
                throw Refusal("volume.volume.toosmall")
            }
            return original.with(["size": snapshot["size"] ?? 1])
        }
        if let id = wish["source_volid"]?.string {
            guard let original = ownVolume(id, call) else { throw Refusal("volume.volume.novolume", id) }
            return original
        }
        return [:]
    }

    func checkType(_ name: String, _ refusal: String) throws(Refusal) {
        let types = Fixture.template("volume.types", "volume_types").array ?? []
        guard types.contains(where: { [$0.text("name"), $0.text("id")].contains(name) }) else {
            throw Refusal(refusal, name: name)
        }
    }

    mutating func addVolume(
        like fixture: String, _ wish: JSON, _ project: String, _ user: String, _ now: Date
    ) -> JSON {
        let id = uuid()
        var volume = Fixture.template(fixture, "volume").with([
            "id": .string(id), "created_at": now.zoneless, "updated_at": now.zoneless, "name": "", "description": "",
            "metadata": [:], "user_id": .string(user), Self.volumeOwner: .string(project), "attachments": [],
            "links": [["rel": "self", "href": .string("{base}/volume/v3/\(project)/volumes/\(id)")]],
        ])
        overlay(&volume, wish, except: ["imageRef"])
        volumes[id] = volume
        return volume
    }

    mutating func updateVolume(_ call: Call) throws(Refusal) -> Answer {
        var volume = try volume(call)
        for key in ["name", "description"] {
            if let value = call.body["volume"]?[key] { volume[key] = value }
        }
        volumes[call.parameters[1]] = volume
        return Answer(like: "volume.volume.update", "volume", volume)
    }

    /// What is not named goes.
    mutating func replaceVolumeMetadata(_ call: Call) throws(Refusal) -> Answer {
        var volume = try volume(call)
        volume["metadata"] = call.body["metadata"] ?? [:]
        volumes[call.parameters[1]] = volume
        return Answer(like: "volume.metadata.update", "metadata", volume["metadata"] ?? [:])
    }

    mutating func deleteVolume(_ call: Call) throws(Refusal) -> Answer {
        let volume = try volume(call)
        let id = call.parameters[1]
        guard ["available", "error"].contains(volume.text("status")) else { throw Refusal("volume.volume.inuse") }
        if storage.snapshots.all.contains(where: { $0.text("volume_id") == id }) {
            throw Refusal("volume.volume.hassnapshots")
        }
        begin("deleting", volume: id, call.now, then: nil)
        return Answer(recorded: "volume.volume.delete")
    }
}

// MARK: - Limits

extension SiteState {
    private func gigabytes(_ call: Call) -> Int64 {
        let things = volumes.all.filter { $0.text(Self.volumeOwner) == call.project } + ownSnapshots(call)
        return things.reduce(0) { $0 + ($1["size"]?.integer ?? 0) }
    }

    func checkGigabytes(_ more: Int64, _ refusal: String, _ call: Call) throws(Refusal) {
        let limit = Fixture.template("volume.limits", "limits")["absolute"]?["maxTotalVolumeGigabytes"]?.integer
        if let limit, gigabytes(call) + more > limit { throw Refusal(refusal) }
    }

    func volumeLimits(_ call: Call) -> Answer {
        let own = volumes.all.filter { $0.text(Self.volumeOwner) == call.project }
        var limits = Fixture.template("volume.limits", "limits")
        limits["absolute"] = limits["absolute"]?.with([
            "totalVolumesUsed": .integer(Int64(own.count)), "totalGigabytesUsed": .integer(gigabytes(call)),
            "totalSnapshotsUsed": .integer(Int64(ownSnapshots(call).count)),
        ])
        return Answer(200, ["limits": limits])
    }
}
