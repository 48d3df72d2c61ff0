// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack

extension ContractCheck {
    static let storage = [
        ContractCheck("a volume lives: made, found by its mark, changed, larger, of another type, gone", volumeLives),
        ContractCheck("a volume cannot shrink, nor outgrow the quota", volumeRefusals),
        ContractCheck("a snapshot holds its volume, and a volume is made of it", snapshotHoldsVolume),
        ContractCheck("a volume is plugged into a running server, grows there, and is taken out", volumeIsPlugged),
    ]

    private static func volumeLives(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let cinder = site.cinder
            let volume = try await bench.volume(size: 1)
            let found = try await cinder.volumes(["metadata": "{'scs':'\(bench.mark)'}"])
            try require(found.map(\.id) == [volume.id], "it is found by its mark, found \(found.map(\.id))")
            let renamed = try await cinder.updateVolume(volume.id, ["name": "other"])
            try require(renamed.name == "other" && renamed.size == 1, "its name is changed, and nothing else")
            try await cinder.setMetadata(["other": "2"], ofVolume: volume.id)
            try require(
                try await cinder.volume(volume.id).metadata == ["other": "2"], "metadata that is not named goes")
            try await cinder.setBootable(true, ofVolume: volume.id)
            try require(try await cinder.volume(volume.id).isBootable == "true", "servers may boot from it")
            try await cinder.extendVolume(volume.id, to: 2)
            try require(try await bench.idle(volume.id).size == 2, "it is larger")
            let other = volume.volumeType == "ssd" ? "__DEFAULT__" : "ssd"
            try await cinder.retypeVolume(volume.id, to: other)
            try require(try await bench.idle(volume.id).volumeType == other, "it is of another type")
            try await bench.removeVolume(volume.id)
        }
    }

    private static func volumeRefusals(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let volume = try await bench.volume(size: 2)
            _ = try await site.refusal("a smaller size", .invalid, status: 400) {
                try await site.cinder.extendVolume(volume.id, to: 1)
            }
            let most = try await site.cinder.limits().maxGigabytes
            let larger = try await site.refusal("a size beyond the quota", .quotaExceeded, status: 413) {
                try await site.cinder.extendVolume(volume.id, to: most + 1)
            }
            let new = try await site.refusal("a volume beyond the quota", .quotaExceeded, status: 413) {
                try await site.cinder.createVolume(.init(name: "contract", size: most + 1))
            }
            try require(larger.isTransient && new.isTransient, "a quota may be raised")
            _ = try await site.refusal("a type that is not there", .notFound, status: 404) {
                try await site.cinder.retypeVolume(volume.id, to: "no-such-type")
            }
        }
    }

    private static func snapshotHoldsVolume(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let cinder = site.cinder
            let volume = try await bench.volume(size: 1)
            let snapshot = try await bench.snapshot(of: volume)
            let found = try await cinder.snapshots(["metadata": "{'scs':'\(bench.mark)'}"])
            try require(found.map(\.id) == [snapshot.id], "it is found by its mark, found \(found.map(\.id))")
            try require(snapshot.volumeID == volume.id && snapshot.size == 1, "it is of the volume")
            _ = try await site.refusal("a volume with a snapshot", .invalid, status: 400) {
                try await cinder.deleteVolume(volume.id)
            }
            let copy = try await bench.volume(size: 2) { $0.snapshot = snapshot.id }
            try require(copy.size == 2, "a volume made of it may be larger")
            let clone = try await bench.volume(size: 1) { $0.volume = volume.id }
            try require(clone.size == 1, "a volume is made of another")
            try await cinder.setMetadata(["other": "2"], ofSnapshot: snapshot.id)
            try require(
                try await cinder.snapshot(snapshot.id).metadata == ["other": "2"], "metadata that is not named goes")
            try await bench.removeSnapshot(snapshot.id)
            try await bench.removeVolume(volume.id)
        }
    }

    private static func volumeIsPlugged(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let (nova, cinder) = (site.nova, site.cinder)
            let image = try await site.image()
            let flavor = try await site.flavor(for: image, diskless: false)
            let server = try await bench.server(.init(name: "contract", flavor: flavor.id, image: image.id))
            let volume = try await bench.volume(size: 1)
            let attached = try await nova.attachVolume(volume.id, toServer: server.id)
            try require(attached.volumeID == volume.id && attached.device != nil, "Nova names the device")
            let used = try await bench.idle(volume.id, .inUse)
            try require(used.attachments?.map(\.serverID) == [server.id], "the volume names its server")
            let shown = try await nova.server(server.id).volumes?.map(\.id)
            try require(shown == [volume.id], "the server shows the volume, shows \(shown ?? [])")
            let listed = try await nova.volumes(ofServer: server.id)
            try require(listed.first?.deleteOnTermination == false, "it does not go with the server")
            _ = try await site.refusal("attaching it twice", .invalid, status: 400) {
                try await nova.attachVolume(volume.id, toServer: server.id)
            }
            let held = try await bench.snapshot(of: volume)
            try await bench.removeSnapshot(held.id)
            try await cinder.extendVolume(volume.id, to: 2)
            try require(try await bench.idle(volume.id, .inUse).size == 2, "it grows while a server has it")
            try await nova.detachVolume(volume.id, fromServer: server.id)
            _ = try await bench.idle(volume.id, .available)
            let left = try await nova.server(server.id).volumes ?? []
            try require(left.isEmpty, "the server shows none, shows \(left)")
            _ = try await site.refusal("detaching it twice", .notFound, status: 404) {
                try await nova.detachVolume(volume.id, fromServer: server.id)
            }
        }
    }
}

extension Workbench {
    /// A volume that is available; its cleanup waits until it is gone.
    func volume(size: Int, _ change: (inout Cinder.NewVolume) -> Void = { _ in }) async throws -> Cinder.Volume {
        var wish = Cinder.NewVolume(name: "contract", size: size, metadata: ["scs": mark])
        change(&wish)
        let id = try await site.cinder.createVolume(wish).id
        after { [self] in try await removeVolume(id) }
        return try await idle(id, .available)
    }

    /// Waits until a volume is busy no longer.
    func idle(_ id: String, _ status: Cinder.Volume.Status? = nil) async throws -> Cinder.Volume {
        try await site.eventually("volume is \(status?.rawValue ?? "idle")") { [site] in
            let volume = try await site.cinder.volume(id)
            if volume.status.isError { throw ContractFailure("volume is \(volume.status)") }
            return status.map { volume.status == $0 } ?? volume.status.isIdle ? volume : nil
        }
    }

    /// Deletes a volume and waits for the 404.
    func removeVolume(_ id: String) async throws {
        let volume = try await idle(id)
        for attachment in volume.attachments ?? [] {
            try await site.nova.detachVolume(id, fromServer: attachment.serverID)
            _ = try await idle(id, .available)
        }
        try await site.cinder.deleteVolume(id)
        try await gone("deleted volume is 404") { [site] in _ = try await site.cinder.volume(id) }
    }

    /// A snapshot that is available; its cleanup waits until it is gone.
    func snapshot(of volume: Cinder.Volume) async throws -> Cinder.Snapshot {
        let new = Cinder.NewSnapshot(name: "contract", volumeID: volume.id, metadata: ["scs": mark])
        let id = try await site.cinder.createSnapshot(new).id
        after { [self] in try await removeSnapshot(id) }
        return try await site.eventually("snapshot is available") { [site] in
            let snapshot = try await site.cinder.snapshot(id)
            return snapshot.status == .available ? snapshot : nil
        }
    }

    /// Deletes a snapshot and waits for the 404.
    func removeSnapshot(_ id: String) async throws {
        try await site.cinder.deleteSnapshot(id)
        try await gone("deleted snapshot is 404") { [site] in _ = try await site.cinder.snapshot(id) }
    }

    private func gone(_ what: String, _ look: @escaping @Sendable () async throws -> Void) async throws {
        _ = try await site.eventually(what) { () -> Bool? in
            do {
                try await look()
                return nil
            } catch let error as OpenStackError where error.code == .notFound {
                return true
            }
        }
    }
}
