// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension VolumeSnapshotReconciler {
    func steps(_ input: PassInput, _ observed: VolumeSnapshotObserved) -> Steps<Change> {
        if input.object.isDeleting { return deletion(observed) }
        let name = input.object.metadata.name
        guard let snapshot = observed.snapshots.first else {
            if observed.isGone { return Steps(then: .rejected(.gone(observed.recorded.id ?? ""))) }
            let difference = Difference("status.id", wanted: "a snapshot", found: "nothing")
            let summary = #"create snapshot "\#(name)" of volume "\#(observed.spec.volume)""#
            return Steps([Step(.create, .create, summary, differences: [difference])])
        }
        if let double = observed.snapshots.dropFirst().first(where: { $0.status != .deleting }) {
            let summary = "delete snapshot \(double.id), the double of \(snapshot.id)"
            return Steps([Step(.delete, .delete(id: double.id), summary)], then: .busy(.deleting))
        }
        if snapshot.status.isError { return Steps(then: .rejected(.failed(snapshot))) }
        guard snapshot.status == .available else { return Steps(then: .busy(snapshot.status)) }
        return Steps(changes(snapshot, input, observed))
    }

    private func changes(
        _ snapshot: Cinder.Snapshot, _ input: PassInput, _ observed: VolumeSnapshotObserved
    ) -> [Step<Change>] {
        let name = input.object.metadata.name
        let isMarked = snapshot.carries(input.mark)
        var steps: [Step<Change>] = []
        if input.importID != nil, let volume = observed.volumeID, snapshot.volumeID != volume {
            let difference = Difference("spec.volume", wanted: volume, found: snapshot.volumeID)
            return [Step(.replace, .create, "replace snapshot \(snapshot.id)", differences: [difference])]
        }
        if isMarked, snapshot.name != name {
            let difference = Difference("metadata.name", wanted: name, found: snapshot.name ?? "nothing")
            let summary = #"name the snapshot "\#(name)""#
            steps.append(Step(.change, .rename(id: snapshot.id), summary, differences: [difference]))
        }
        let metadata = StorageMark.metadata(observed.spec.metadata, input, isMarked: isMarked)
        let found = StorageMark.found(snapshot.metadata)
        if metadata != found {
            let difference = Difference(
                "spec.metadata", wanted: StorageMark.words(metadata), found: StorageMark.words(found))
            let change = Change.setMetadata(id: snapshot.id, metadata)
            steps.append(Step(.change, change, "set the snapshot's metadata", differences: [difference]))
        }
        return steps
    }

    private func deletion(_ observed: VolumeSnapshotObserved) -> Steps<Change> {
        if let snapshot = observed.snapshots.first(where: { $0.status == .errorDeleting }) {
            return Steps(then: .rejected(.failed(snapshot)))
        }
        let snapshots = observed.snapshots.filter { $0.status != .deleting }
        if let busy = snapshots.first(where: { $0.status != .available && !$0.status.isError }) {
            return Steps(then: .busy(busy.status))
        }
        let steps = snapshots.map { Step(.delete, Change.delete(id: $0.id), "delete snapshot \($0.id)") }
        return Steps(steps, then: observed.snapshots.isEmpty ? .gone : .busy(.deleting))
    }
}

// MARK: - Perform

extension VolumeSnapshotReconciler {
    func perform(
        _ step: Step<Change>, _ input: PassInput, _ observed: VolumeSnapshotObserved
    ) async throws -> VolumeSnapshotObserved {
        let place = observed.place
        let name = input.object.metadata.name
        var world = observed
        switch step.change {
        case .create:
            let metadata = StorageMark.metadata(observed.spec.metadata, input, isMarked: true)
            let new = Cinder.NewSnapshot(name: name, volumeID: observed.volumeID ?? "", metadata: metadata)
            world.snapshots = [try await cloud.createSnapshot(place, new)]
        case .rename(let id):
            world.snapshots[0] = try await cloud.updateSnapshot(place, id, ["name": .string(name)])
        case .setMetadata(let id, let metadata):
            try await cloud.setMetadata(place, id, metadata)
            world.snapshots[0].metadata = metadata
        case .delete(let id): try await delete(id, &world)
        }
        return world
    }

    /// A deletion that is under way already is refused as if the snapshot were busy.
    private func delete(_ id: String, _ world: inout VolumeSnapshotObserved) async throws {
        let place = world.place
        guard let index = world.snapshots.firstIndex(where: { $0.id == id }) else { return }
        do {
            try await Finding.gone { try await cloud.deleteSnapshot(place, id) }
        } catch let error as OpenStackError where error.code == .invalid {
            let snapshot = try await Finding.existing { try await cloud.snapshot(place, id) }
            guard snapshot == nil || snapshot?.status == .deleting else { throw error }
        }
        world.snapshots[index].status = .deleting
    }
}

extension Rejection {
    fileprivate static func failed(_ snapshot: Cinder.Snapshot) -> Rejection {
        let message = """
            Cinder says \(snapshot.status) of snapshot \(snapshot.id) and no more; ask the provider, \
            or delete the VolumeSnapshot and create it anew
            """
        return Rejection(reason: "SnapshotError", message: message, fixer: .provider)
    }

    fileprivate static func gone(_ id: String) -> Rejection {
        let message = """
            snapshot \(id) is no longer there, somebody deleted it outside; \
            delete the VolumeSnapshot and create it anew to have one of now
            """
        return Rejection(reason: "Gone", message: message, fixer: .you)
    }
}
