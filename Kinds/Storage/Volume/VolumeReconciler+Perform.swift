// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension VolumeReconciler {
    func perform(
        _ step: Step<Change>, _ input: PassInput, _ observed: VolumeObserved
    ) async throws -> VolumeObserved {
        let place = observed.place
        var world = observed
        switch step.change {
        case .askForProject:
            try await place.ask(input.references["metadata.namespace"], through: client)
            world.standing = .asked
        case .create: world.volumes = [try await create(input, observed)]
        case .rename(let id):
            let change: JSON = ["name": .string(input.object.metadata.name)]
            world.volumes[0] = try await cloud.updateVolume(place, id, change)
        case .setMetadata(let id, let metadata):
            try await cloud.setMetadata(place, id, metadata)
            world.volumes[0].metadata = metadata
        case .setBootable(let id, let bootable):
            try await cloud.setBootable(place, id, bootable)
            world.volumes[0].isBootable = "\(bootable)"
        case .extend(let id, let size):
            try await cloud.extendVolume(place, id, size)
            world.volumes[0].status = .extending
        case .retype(let id, let type):
            try await cloud.retypeVolume(place, id, type)
            world.volumes[0].status = .retyping
        case .delete(let id): try await delete(id, &world)
        }
        return world
    }

    private func create(_ input: PassInput, _ observed: VolumeObserved) async throws -> Cinder.Volume {
        let spec = observed.spec
        var volume = Cinder.NewVolume(name: input.object.metadata.name, size: spec.sizeGiB)
        volume.metadata = StorageMark.metadata(spec.metadata, input, isMarked: true)
        volume.volumeType = spec.type
        volume.availabilityZone = spec.openstack?.availabilityZone
        volume.image = spec.source?.image.flatMap { Self.image($0, at: input.references["spec.site"]) }
        volume.snapshot = input.references[VolumeSpec.snapshotField]?.status?["id"]?.string
        volume.volume = input.references[VolumeSpec.volumeField]?.status?["id"]?.string
        return try await cloud.createVolume(observed.place, volume)
    }

    /// A deletion that is under way already is refused as if the volume were in use.
    private func delete(_ id: String, _ world: inout VolumeObserved) async throws {
        let place = world.place
        guard let index = world.volumes.firstIndex(where: { $0.id == id }) else { return }
        do {
            try await Finding.gone { try await cloud.deleteVolume(place, id) }
        } catch let error as OpenStackError where error.code == .invalid {
            let volume = try await Finding.existing { try await cloud.volume(place, id) }
            guard volume == nil || volume?.status == .deleting else { throw error }
        }
        world.volumes[index].status = .deleting
    }
}
