// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// What was found of a snapshot at its site.
struct VolumeSnapshotObserved: Sendable {
    var spec: VolumeSnapshotSpec
    var recorded: VolumeSnapshotStatus
    var place: ProjectAtSite
    /// Cinder's id of the volume; absent once that is gone or while it is not there.
    var volumeID: String?
    /// Ours by id or mark; more than one only after a double.
    var snapshots: [Cinder.Snapshot] = []
    /// The snapshot was there once and is not now; its moment does not come back.
    var isGone = false
}

/// Takes a snapshot of a Volume at its site, once.
struct VolumeSnapshotReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case create
        case rename(id: String)
        case setMetadata(id: String, [String: String])
        case delete(id: String)
    }

    static let volumeField = "spec.volume"

    let cloud: VolumeSnapshotCloud
    let client: any ObjectClient

    var type: ResourceType { VolumeSnapshot.type }
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] { Self.references(of: object) }

    /// The Volume, from which the site comes; once the snapshot is taken, the Volume may be busy.
    static func references(of object: Object) -> [Reference] {
        let need: Reference.Need = object.status?["id"] == nil ? .ready : .optional
        let name = object.spec?["volume"]?.string ?? ""
        return [SitedKind.reference(volumeField, .volume, named: name, of: object, need: need)]
    }

    func observe(_ input: PassInput) async throws -> VolumeSnapshotObserved {
        let spec = try (input.object.spec ?? [:]).decode(VolumeSnapshotSpec.self)
        let recorded = try (input.object.status ?? [:]).decode(VolumeSnapshotStatus.self)
        let volume = input.references[Self.volumeField]
        let site = recorded.site ?? volume?.spec?["site"]?.string ?? ""
        let place = ProjectAtSite(site: site, of: input.object)
        var observed = VolumeSnapshotObserved(
            spec: spec, recorded: recorded, place: place, volumeID: volume?.status?["id"]?.string)
        // Nothing was ever asked for, so there is nothing to look for, perhaps not even a site.
        if input.object.isDeleting, recorded.id == nil, input.intent == nil { return observed }
        var finding = Finding(input)
        // What is known to be gone is not looked for again, but by its mark.
        let id = recorded.phase == .gone ? nil : recorded.id
        let snapshots = try await finding.ownThings(type, id: id, through: client) {
            try await cloud.snapshot(place, $0)
        } marked: {
            try await cloud.snapshots(place, StorageMark.query(input.mark))
        }
        try finding.confirm()
        observed.snapshots = snapshots
        observed.isGone = recorded.id != nil && snapshots.isEmpty
        return observed
    }

    func status(_ input: PassInput, _ observed: VolumeSnapshotObserved) -> JSONObject {
        let snapshot = observed.snapshots.first
        let status = VolumeSnapshotStatus(
            id: snapshot?.id ?? (observed.isGone ? observed.recorded.id : nil), site: observed.place.site,
            phase: StoragePhase(snapshot?.status, isGone: observed.isGone), state: snapshot?.status.rawValue,
            sizeGiB: snapshot?.size, volumeID: snapshot?.volumeID,
            takenAt: observed.recorded.takenAt ?? snapshot?.createdAt)
        return (try? JSON(encoding: status))?.object ?? JSONObject()
    }
}
