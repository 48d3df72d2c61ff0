// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

extension VirtualMachine {
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        // What was good stays good, and nothing is to be compared.
        if let old, old.spec == new.spec { return [] }
        guard let spec = try? (new.spec ?? [:]).decode(VirtualMachineSpec.self) else { return [] }
        var issues = (spec.networks ?? []).enumerated().flatMap { interfaceIssues($0.element, at: $0.offset) }
        if spec.userData != nil, spec.userDataFrom != nil {
            issues.append(
                FieldIssue(path: "spec.userDataFrom", reason: .forbidden, message: "may not stand beside userData"))
        }
        if let text = spec.userData, text.utf8.count > UserData.limit {
            let message = "must be at most \(UserData.limit) bytes, as Nova takes no more"
            issues.append(FieldIssue(path: "spec.userData", reason: .tooLong, message: message))
        }
        issues += metadataIssues(spec) + volumeIssues(spec)
        guard let old = old.flatMap({ try? ($0.spec ?? [:]).decode(VirtualMachineSpec.self) }) else { return issues }
        return issues + immutableIssues(spec, old)
    }

    private static func interfaceIssues(_ interface: VirtualMachineSpec.Interface, at index: Int) -> [FieldIssue] {
        let path = "spec.networks[\(index)]"
        if (interface.network == nil) == (interface.port == nil) {
            return [FieldIssue(path: path, message: "must have either network or port")]
        }
        guard interface.port != nil, interface.address != nil else { return [] }
        let message = "may not stand beside port; the Port has its own addresses"
        return [FieldIssue(path: "\(path).address", reason: .forbidden, message: message)]
    }

    private static func volumeIssues(_ spec: VirtualMachineSpec) -> [FieldIssue] {
        let names = (spec.volumes ?? []).map(\.name)
        return names.indices.filter { names[..<$0].contains(names[$0]) }.map {
            FieldIssue(path: "spec.volumes[\($0)].name", reason: .duplicate, message: "is named already")
        }
    }

    private static func metadataIssues(_ spec: VirtualMachineSpec) -> [FieldIssue] {
        (spec.metadata ?? [:]).keys.sorted().compactMap { key in
            let path = "spec.metadata[\(key)]"
            if key == uidMetadata {
                return FieldIssue(path: path, reason: .forbidden, message: "is set by SCS Central")
            }
            return key.isEmpty || key.utf8.count > 255
                ? FieldIssue(path: path, message: "must have a key of 1 to 255 bytes") : nil
        }
    }

    private static func immutableIssues(_ new: VirtualMachineSpec, _ old: VirtualMachineSpec) -> [FieldIssue] {
        let changes: [(String, Bool)] = [
            ("site", new.site != old.site), ("flavor", new.flavor != old.flavor), ("image", new.image != old.image),
            ("rootDisk", new.rootDisk != old.rootDisk), ("networks", new.networks ?? [] != old.networks ?? []),
            ("sshKeys", new.sshKeys ?? [] != old.sshKeys ?? []), ("userData", new.userData != old.userData),
            ("userDataFrom", new.userDataFrom != old.userDataFrom), ("openstack", new.openstack != old.openstack),
        ]
        return changes.filter(\.1).map { field, _ in
            FieldIssue(
                path: "spec.\(field)",
                message: "is immutable; delete the VirtualMachine and create it anew to change it")
        }
    }

    /// Nova's metadata key that says whose server it is.
    static let uidMetadata = "scs-uid"
}

// MARK: - What the site offers

extension VirtualMachine {
    /// Refuses a flavor or image that the site does not offer, with those that are most like it.
    static func admit(_ request: AdmissionRequest) async throws -> Object {
        let object = request.object
        guard request.operation == .create, request.subresource == nil,
            let spec = try? (object.spec ?? [:]).decode(VirtualMachineSpec.self)
        else { return object }
        let issues = try await placeIssues(spec, request.objects)
        guard issues.isEmpty else {
            throw APIError.invalid(
                group: type.kind.group, kind: type.kind.kind, name: object.metadata.name, issues)
        }
        return object
    }

    /// A site that there is not, or what cannot be had there; nothing while the site's offer is not known.
    private static func placeIssues(
        _ spec: VirtualMachineSpec, _ objects: any ObjectReader
    ) async throws -> [FieldIssue] {
        let root = Scope.Organizations.root
        if let site = try await objects.object(.site, ObjectKey(organization: "", name: spec.site)) {
            return site.isReady ? offerIssues(spec, SiteOffers(site)) : []
        }
        let sites = try await objects.objects(.site, in: Scope(root)).map(\.metadata.name).joined(separator: ", ")
        let message = "there is no site \"\(spec.site)\"; choose one of: \(sites)"
        return [FieldIssue(path: "spec.site", reason: .notFound, message: message)]
    }

    /// Everything in a spec that cannot be had at its site.
    static func offerIssues(_ spec: VirtualMachineSpec, _ offers: SiteOffers) -> [FieldIssue] {
        let flavor = offers.flavor(spec.flavor)
        let image = offers.image(spec.image)
        var issues: [FieldIssue] = []
        if flavor == nil {
            let message = offers.message("flavor", spec.flavor, among: offers.flavors.map(\.name))
            issues.append(FieldIssue(path: "spec.flavor", reason: .notSupported, message: message))
        }
        if image == nil {
            let message = offers.message("image", spec.image, among: offers.images.map(\.name))
            issues.append(FieldIssue(path: "spec.image", reason: .notSupported, message: message))
        }
        guard let flavor, let image else { return issues }
        let minDisk = image.minDiskGiB ?? 0
        if let disk = spec.rootDisk, disk.sizeGiB < minDisk {
            let message = "must be at least \(minDisk), as image \"\(spec.image)\" asks"
            issues.append(FieldIssue(path: "spec.rootDisk.sizeGiB", message: message))
        }
        if spec.rootDisk == nil, let disk = flavor.diskGiB, disk > 0, disk < minDisk {
            let message = "has a disk of \(disk) GiB and image \"\(spec.image)\" needs \(minDisk); set rootDisk"
            issues.append(FieldIssue(path: "spec.flavor", message: message))
        }
        if let ram = flavor.ramMiB, let minRAM = image.minRAMMiB, ram < minRAM {
            let message = "has \(ram) MiB of memory and image \"\(spec.image)\" needs \(minRAM)"
            issues.append(FieldIssue(path: "spec.flavor", message: message))
        }
        return issues
    }
}
