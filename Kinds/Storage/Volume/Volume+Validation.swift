// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

extension Volume {
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard let spec = try? (new.spec ?? [:]).decode(VolumeSpec.self) else { return [] }
        var issues: [FieldIssue] = []
        if let source = spec.source, [source.image, source.snapshot, source.volume].compactMap(\.self).count != 1 {
            issues.append(FieldIssue(path: "spec.source", message: "must have exactly one of image, snapshot, volume"))
        }
        issues += metadataIssues(spec.metadata)
        guard let old = old.flatMap({ try? ($0.spec ?? [:]).decode(VolumeSpec.self) }) else { return issues }
        if old.site != spec.site { issues.append(.immutable("spec.site")) }
        if spec.sizeGiB < old.sizeGiB {
            let message = "must be at least \(old.sizeGiB), as a volume cannot be made smaller"
            issues.append(FieldIssue(path: "spec.sizeGiB", message: message))
        }
        if old.source != spec.source { issues.append(.immutable("spec.source")) }
        if old.openstack != spec.openstack { issues.append(.immutable("spec.openstack")) }
        return issues
    }

    /// Also of a VolumeSnapshot.
    static func metadataIssues(_ metadata: [String: String]?) -> [FieldIssue] {
        (metadata ?? [:]).keys.sorted().compactMap { key in
            let path = "spec.metadata[\(key)]"
            if key == StorageMark.key {
                return FieldIssue(path: path, reason: .forbidden, message: "is set by SCS Central")
            }
            return key.isEmpty || key.utf8.count > 255
                ? FieldIssue(path: path, message: "must have a key of 1 to 255 bytes") : nil
        }
    }
}
