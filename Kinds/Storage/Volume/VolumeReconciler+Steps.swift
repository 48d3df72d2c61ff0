// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension VolumeReconciler {
    func steps(_ input: PassInput, _ observed: VolumeObserved) -> Steps<Change> {
        if input.object.isDeleting { return deletion(observed) }
        let project = input.references["metadata.namespace"]
        switch observed.standing {
        case .ready: break
        case .asked: return Steps(then: observed.place.waiting(for: project))
        case .unasked:
            let step = Step(.ask, Change.askForProject, observed.place.askSummary)
            return Steps([step], then: observed.place.waiting(for: project))
        }
        guard let volume = observed.volumes.first else { return creation(input, observed) }
        if let double = observed.volumes.dropFirst().first { return removal(of: double, keeping: volume) }
        if volume.status.isError { return Steps(then: .rejected(.failed(volume))) }
        guard volume.status.isIdle else { return Steps(then: .busy(volume.status)) }
        if volume.size > observed.spec.sizeGiB { return Steps(then: .rejected(.larger(volume, observed.spec))) }
        return Steps(changes(volume, input, observed.spec))
    }

    private func creation(_ input: PassInput, _ observed: VolumeObserved) -> Steps<Change> {
        let spec = observed.spec
        if observed.isGone { return Steps(then: .rejected(.gone(observed.recorded.id ?? ""))) }
        if let image = spec.source?.image, Self.image(image, at: input.references["spec.site"]) == nil {
            return Steps(then: .rejected(.noImage(image, at: input.references["spec.site"])))
        }
        let difference = Difference("status.id", wanted: "a volume", found: "nothing")
        let summary = #"create volume "\#(input.object.metadata.name)" (\#(spec.sizeGiB) GiB)"#
        var steps = [Step(.create, Change.create, summary, differences: [difference])]
        if let bootable = spec.bootable, bootable != (spec.source != nil), spec.source?.snapshot == nil,
            spec.source?.volume == nil
        {
            steps.append(bootableStep("", bootable))
        }
        return Steps(steps)
    }

    /// After a double, all but one go.
    private func removal(of double: Cinder.Volume, keeping volume: Cinder.Volume) -> Steps<Change> {
        guard double.status != .deleting else { return Steps(then: .busy(double.status)) }
        let summary = "delete volume \(double.id), the double of \(volume.id)"
        return Steps([Step(.delete, .delete(id: double.id), summary)], then: .busy(.deleting))
    }

    /// It waits for servers that have it; a volume that is attached cannot be deleted.
    private func deletion(_ observed: VolumeObserved) -> Steps<Change> {
        if let server = observed.volumes.lazy.compactMap(\.attachments?.first?.serverID).first {
            let because = "is attached to the server \(server); detach it there first"
            return Steps(then: .polling(after: .seconds(10), because: because))
        }
        if let volume = observed.volumes.first(where: { $0.status == .errorDeleting }) {
            return Steps(then: .rejected(.failed(volume)))
        }
        let volumes = observed.volumes.filter { $0.status != .deleting }
        if let busy = volumes.first(where: { $0.status != .available && !$0.status.isError }) {
            return Steps(then: .busy(busy.status))
        }
        let steps = volumes.map { Step(.delete, Change.delete(id: $0.id), "delete volume \($0.id)") }
        return Steps(steps, then: observed.volumes.isEmpty ? .gone : .busy(.deleting))
    }

    /// An image's id by name or id, among those that the site offers.
    static func image(_ name: String, at site: Object?) -> String? {
        let images = site?.status?["images"]?.array ?? []
        let found = images.first { $0["id"]?.string == name } ?? images.first { $0["name"]?.string == name }
        return found?["id"]?.string
    }
}

// MARK: - Upkeep

extension VolumeReconciler {
    /// What is changed in place; what takes its time comes last, as the volume is busy then.
    private func changes(_ volume: Cinder.Volume, _ input: PassInput, _ spec: VolumeSpec) -> [Step<Change>] {
        let name = input.object.metadata.name
        let isMarked = volume.carries(input.mark)
        var steps: [Step<Change>] = []
        if isMarked, volume.name != name {
            let difference = Difference("metadata.name", wanted: name, found: volume.name ?? "nothing")
            let summary = #"name the volume "\#(name)""#
            steps.append(Step(.change, .rename(id: volume.id), summary, differences: [difference]))
        }
        let metadata = StorageMark.metadata(spec.metadata, input, isMarked: isMarked)
        let found = StorageMark.found(volume.metadata)
        if metadata != found {
            let difference = Difference(
                "spec.metadata", wanted: StorageMark.words(metadata), found: StorageMark.words(found))
            let change = Change.setMetadata(id: volume.id, metadata)
            steps.append(Step(.change, change, "set the volume's metadata", differences: [difference]))
        }
        if let bootable = spec.bootable, volume.isBootable != "\(bootable)" {
            steps.append(bootableStep(volume.id, bootable))
        }
        return steps + slowChanges(volume, spec)
    }

    private func bootableStep(_ id: String, _ bootable: Bool) -> Step<Change> {
        let difference = Difference("spec.bootable", wanted: "\(bootable)", found: "\(!bootable)")
        let summary = bootable ? "make the volume bootable" : "make the volume not bootable"
        return Step(.change, .setBootable(id: id, bootable), summary, differences: [difference])
    }

    private func slowChanges(_ volume: Cinder.Volume, _ spec: VolumeSpec) -> [Step<Change>] {
        var steps: [Step<Change>] = []
        if volume.size < spec.sizeGiB {
            let difference = Difference("spec.sizeGiB", wanted: "\(spec.sizeGiB)", found: "\(volume.size)")
            let change = Change.extend(id: volume.id, spec.sizeGiB)
            steps.append(
                Step(.change, change, "extend the volume to \(spec.sizeGiB) GiB", differences: [difference]))
        }
        if let type = spec.type, type != volume.volumeType {
            let difference = Difference("spec.type", wanted: type, found: volume.volumeType ?? "none")
            steps.append(
                Step(
                    .change, .retype(id: volume.id, type), "change the volume's type to \(type)",
                    differences: [difference]))
        }
        return steps
    }
}

extension Outcome {
    /// Cinder is at work; soon it is not.
    static func busy(_ status: Cinder.Volume.Status) -> Outcome {
        .polling(after: .seconds(2), because: "the site is at work: \(status)")
    }
}

extension Rejection {
    fileprivate static func failed(_ volume: Cinder.Volume) -> Rejection {
        let message = """
            Cinder says \(volume.status) of volume \(volume.id) and no more; ask the provider, \
            or delete the Volume and create it anew
            """
        return Rejection(reason: "VolumeError", message: message, fixer: .provider)
    }

    fileprivate static func gone(_ id: String) -> Rejection {
        let message = """
            volume \(id) is no longer there, somebody deleted it outside and what it held is lost; \
            delete the Volume and create it anew
            """
        return Rejection(reason: "Gone", message: message, fixer: .you)
    }

    fileprivate static func larger(_ volume: Cinder.Volume, _ spec: VolumeSpec) -> Rejection {
        let message = """
            the volume has \(volume.size) GiB at the site and cannot be made smaller; \
            set spec.sizeGiB to \(volume.size), it says \(spec.sizeGiB)
            """
        return Rejection(reason: "LargerThanWanted", message: message, fixer: .you)
    }

    fileprivate static func noImage(_ name: String, at site: Object?) -> Rejection {
        let images = (site?.status?["images"]?.array ?? []).compactMap { $0["name"]?.string }.sorted()
        let offered = images.isEmpty ? "it offers none" : "it offers \(images.prefix(20).joined(separator: ", "))"
        let message = #"image "\#(name)" is not offered at site "\#(site?.metadata.name ?? "")"; \#(offered)"#
        return Rejection(reason: "NotOffered", message: message, fixer: .you)
    }
}
