// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// What was found of a volume at its site.
struct VolumeObserved: Sendable {
    var spec: VolumeSpec
    var recorded: VolumeStatus
    var place: ProjectAtSite
    var standing: ProjectAtSite.Standing
    /// Ours by id or mark, the one to keep first; more than one only after a double.
    var volumes: [Cinder.Volume] = []
    /// The volume was there once and is not now; what it held is lost, so another is not made by itself.
    var isGone = false
}

/// Makes a volume at its site what its object says.
struct VolumeReconciler: Reconciler {
    enum Change: Hashable, Sendable {
        case askForProject
        case create
        case rename(id: String)
        case setMetadata(id: String, [String: String])
        case setBootable(id: String, Bool)
        case extend(id: String, Int)
        case retype(id: String, String)
        case delete(id: String)
    }

    let cloud: VolumeCloud
    let client: any ObjectClient

    var type: ResourceType { Volume.type }
    var reportsDrift: Bool { true }

    func references(of object: Object) -> [Reference] {
        SitedKind.references(site: object.spec?["site"]?.string ?? "", of: object) + Self.sourceReferences(of: object)
    }

    /// What it is made of; once it is made, that may go.
    static func sourceReferences(of object: Object) -> [Reference] {
        guard object.status?["id"] == nil, let source = object.spec?["source"] else { return [] }
        let snapshot = source["snapshot"]?.string.map {
            SitedKind.reference(VolumeSpec.snapshotField, .volumeSnapshot, named: $0, of: object)
        }
        let volume = source["volume"]?.string.map {
            SitedKind.reference(VolumeSpec.volumeField, .volume, named: $0, of: object)
        }
        return [snapshot, volume].compactMap(\.self)
    }

    func observe(_ input: PassInput) async throws -> VolumeObserved {
        let spec = try (input.object.spec ?? [:]).decode(VolumeSpec.self)
        let recorded = try (input.object.status ?? [:]).decode(VolumeStatus.self)
        let place = ProjectAtSite(site: spec.site, of: input.object)
        var observed = VolumeObserved(
            spec: spec, recorded: recorded, place: place,
            standing: place.standing(of: input.references["metadata.namespace"]))
        let isNew = recorded.id == nil && input.intent == nil
        if isNew, observed.standing != .ready || input.object.isDeleting { return observed }
        var finding = Finding(input)
        // What is known to be gone is not looked for again, but by its mark.
        let id = recorded.phase == .gone ? nil : recorded.id
        let volumes = try await finding.ownThings(type, id: id, through: client) {
            try await cloud.volume(place, $0)
        } marked: {
            try await cloud.volumes(place, StorageMark.query(input.mark))
        }
        try finding.confirm()
        observed.volumes = volumes
        observed.isGone = recorded.id != nil && volumes.isEmpty
        return observed
    }

    func status(_ input: PassInput, _ observed: VolumeObserved) -> JSONObject {
        let volume = observed.volumes.first
        let attachments = (volume?.attachments ?? []).map {
            VolumeStatus.Attachment(serverID: $0.serverID, device: $0.device)
        }
        let status = VolumeStatus(
            id: volume?.id ?? (observed.isGone ? observed.recorded.id : nil), site: observed.place.site,
            phase: StoragePhase(volume?.status, isGone: observed.isGone), state: volume?.status.rawValue,
            sizeGiB: volume?.size, type: volume?.volumeType, bootable: volume?.isBootable.map { $0 == "true" },
            attachments: attachments.isEmpty ? nil : attachments)
        return (try? JSON(encoding: status))?.object ?? JSONObject()
    }
}

extension VolumeSpec {
    static let snapshotField = "spec.source.snapshot"
    static let volumeField = "spec.source.volume"
}
