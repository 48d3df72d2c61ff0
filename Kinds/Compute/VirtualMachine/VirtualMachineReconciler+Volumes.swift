// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

/// Volumes that are plugged into the server and taken out while it is there.
///
/// Only what the object named once is ever taken out: a root volume, and what somebody else plugged in, stay.
extension VirtualMachineReconciler {
    /// What to take out, then what to plug in, in the order of the spec.
    func volumeSteps(_ input: PassInput, _ observed: VirtualMachineObserved) -> [Step<Change>] {
        let removals = observed.unwantedVolumes.filter { !observed.detaching.contains($0.id) }.map { volume in
            Step(
                .change, Change.detachVolume(volume), #"detach volume "\#(volume.name)""#,
                differences: [Difference("spec.volumes", wanted: "without \(volume.name)", found: volume.id)])
        }
        let additions = observed.wantedVolumes(input).filter { !observed.hasVolume($0.id) }.map { volume in
            Step(
                .create, Change.attachVolume(volume), #"attach volume "\#(volume.name)""#,
                differences: [Difference("spec.volumes", wanted: volume.name, found: "not attached")])
        }
        return removals + additions
    }

    /// The outcome while a volume is not there yet, or is still being taken out.
    func volumeOutcome(_ input: PassInput, _ observed: VirtualMachineObserved) -> Outcome? {
        if let volume = observed.unwantedVolumes.first(where: { observed.detaching.contains($0.id) }) {
            return .polling(after: .seconds(2), because: #"Volume "\#(volume.name)" is being detached"#)
        }
        for (index, wanted) in (observed.spec.volumes ?? []).enumerated() {
            let object = input.references[VirtualMachineSpec.volumeField(index)]
            if let site = object?.spec?["site"]?.string, site != observed.spec.site {
                let message = "Volume \"\(wanted.name)\" is at site \"\(site)\"; name one of \"\(observed.spec.site)\""
                return .rejected(Rejection(reason: "VolumeElsewhere", message: message, fixer: .you))
            }
            guard object?.status?["id"]?.string == nil else { continue }
            let key = SitedKind.reference("", .volume, named: wanted.name, of: input.object).key
            return .waiting(
                on: ObjectReference(kind: ResourceType.volume.kind, key: key, uid: object?.metadata.uid),
                because: #"Volume "\#(wanted.name)" is not ready"#)
        }
        return nil
    }

    /// Nova refuses what is attached already, or on its way out, in the same words as what cannot be: so it looks again.
    func changeVolume(
        _ change: Change, _ input: PassInput, _ world: inout VirtualMachineObserved
    ) async throws {
        guard let id = world.server?.id else { return }
        let place = world.place
        do {
            switch change {
            case .attachVolume(let volume): try await cloud.attachVolume(place, id, volume.id)
            case .detachVolume(let volume):
                world.detaching.insert(volume.id)
                try await Finding.gone { try await cloud.detachVolume(place, id, volume.id) }
            default: return
            }
        } catch let error as OpenStackError where error.code == .invalid {
            world.servers[0] = try await cloud.server(place, id)
            if case .attachVolume(let volume) = change, !world.hasVolume(volume.id) { throw error }
            return
        }
        world.servers[0] = try await cloud.server(place, id)
        await tell(change, input)
    }

    /// Wakes the Volume, whose status shows who has it; were this lost, it would look by itself later.
    private func tell(_ change: Change, _ input: PassInput) async {
        let (name, owner): (String, JSON) =
            switch change {
            case .attachVolume(let volume): (volume.name, .string(input.object.metadata.name))
            case .detachVolume(let volume): (volume.name, .null)
            default: ("", .null)
            }
        let key = SitedKind.reference("", .volume, named: name, of: input.object).key
        let annotations = JSON.object(JSONObject([(VirtualMachine.attachedAnnotation, owner)]))
        _ = try? await client.patch(
            .volume, key, .merge(["metadata": ["annotations": annotations]]), WriteOptions())
    }
}

extension VirtualMachine {
    /// On a Volume: the VirtualMachine that it was plugged into.
    static let attachedAnnotation = "compute.scs.community/attached-to"
}

extension VirtualMachineSpec {
    static func volumeField(_ index: Int) -> String { "spec.volumes[\(index)].name" }
}

extension VirtualMachineObserved {
    /// Whether the server has it, as Nova says.
    func hasVolume(_ id: String) -> Bool { (server?.volumes ?? []).contains { $0.id == id } }

    /// The Volumes of the spec that are at this site.
    func wantedVolumes(_ input: PassInput) -> [VirtualMachineStatus.Volume] {
        (spec.volumes ?? []).enumerated().compactMap { index, wanted in
            let object = input.references[VirtualMachineSpec.volumeField(index)]
            guard let id = object?.status?["id"]?.string, object?.spec?["site"]?.string == spec.site else { return nil }
            return .init(name: wanted.name, id: id, attached: hasVolume(id))
        }
    }

    /// Those that the object named once and no longer names, and that the server still has.
    var unwantedVolumes: [VirtualMachineStatus.Volume] {
        let wanted = Set((spec.volumes ?? []).map(\.name))
        return (recorded.volumes ?? []).filter { !wanted.contains($0.name) && hasVolume($0.id) }
    }

    /// For the status: written before a volume is plugged in, so that what was asked for is never forgotten.
    func shownVolumes(_ input: PassInput) -> [VirtualMachineStatus.Volume]? {
        let shown = wantedVolumes(input) + unwantedVolumes
        return shown.isEmpty ? nil : shown
    }
}
