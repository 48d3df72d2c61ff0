// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension Route {
    static let volume: [Route] = [
        Route("GET", "/volume", needsToken: false) { _, _ in Answer(recorded: "volume.versions") },
        Route("GET", "/volume/v3") { _, _ in Answer(recorded: "volume.version") },
        Route("GET", "/volume/v3/*/volumes") { state, call in state.listVolumes(call) },
        Route("GET", "/volume/v3/*/volumes/detail") { state, call in state.listVolumes(call) },
        Route("POST", "/volume/v3/*/volumes") { state, call in state.createVolume(call) },
        Route("GET", "/volume/v3/*/volumes/*") { (state, call) throws(Refusal) in
            Answer(200, ["volume": try state.volume(call)])
        },
        Route("DELETE", "/volume/v3/*/volumes/*") { (state, call) throws(Refusal) in try state.deleteVolume(call) },
        Route("GET", "/volume/v3/*/limits") { state, call in state.volumeLimits(call) },
        Route("GET", "/volume/v3/*/types") { _, _ in Answer(recorded: "volume.types") },
    ]
}

extension SiteState {
    private static let owner = "os-vol-tenant-attr:tenant_id"

    func listVolumes(_ call: Call) -> Answer {
        let keys = Set(call.query.map(\.key)).subtracting(["limit", "marker", "sort", "all_tenants"])
        // `all_tenants` is taken from a member, and does nothing.
        let all = call.isAdmin && call.value("all_tenants") != nil
        let found = volumes.all.filter { volume in
            (all || volume.text(Self.owner) == call.project)
                && keys.allSatisfy { volume.passes($0, call.values($0)) }
        }
        return Listing(collection: "volumes", path: call.path).answer(found, call)
    }

    func volume(_ call: Call) throws(Refusal) -> JSON {
        let id = call.parameters[1]
        guard let volume = volumes[id], call.isAdmin || volume.text(Self.owner) == call.project else {
            throw Refusal("volume.absent", id)
        }
        return volume
    }

    mutating func createVolume(_ call: Call) -> Answer {
        let wish = call.body["volume"] ?? .null
        var volume = addVolume(like: "volume.volume.available", wish, call.project, call.token?.user ?? "", call.now)
        volume["status"] = "creating"
        return Answer(like: "volume.volume.create", "volume", volume)
    }

    mutating func addVolume(
        like fixture: String, _ wish: JSON, _ project: String, _ user: String, _ now: Date
    ) -> JSON {
        let id = uuid()
        var volume = Fixture.template(fixture, "volume").with([
            "id": .string(id), "created_at": now.zoneless, "updated_at": now.zoneless, "name": "", "description": "",
            "metadata": [:], "user_id": .string(user), Self.owner: .string(project), "attachments": [],
            "links": [["rel": "self", "href": .string("{base}/volume/v3/\(project)/volumes/\(id)")]],
        ])
        overlay(&volume, wish, except: ["imageRef"])
        volumes[id] = volume
        return volume
    }

    mutating func deleteVolume(_ call: Call) throws(Refusal) -> Answer {
        let volume = try volume(call)
        if volume.text("status") == "in-use" { throw Refusal("volume.volume.inuse") }
        volumes[call.parameters[1]] = nil
        return Answer(recorded: "volume.volume.delete")
    }

    func volumeLimits(_ call: Call) -> Answer {
        let own = volumes.all.filter { $0.text(Self.owner) == call.project }
        let size = own.reduce(0) { $0 + ($1["size"]?.integer ?? 0) }
        var limits = Fixture.template("volume.limits", "limits")
        limits["absolute"] = limits["absolute"]?.with([
            "totalVolumesUsed": .integer(Int64(own.count)), "totalGigabytesUsed": .integer(size),
        ])
        return Answer(200, ["limits": limits])
    }
}
