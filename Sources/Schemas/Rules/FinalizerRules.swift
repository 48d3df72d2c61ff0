// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

/// What is wrong with `metadata.finalizers`.
enum FinalizerRules {
    static let path = "metadata.finalizers"

    static func issues(_ metadata: Metadata, replacing old: Metadata?) -> [FieldIssue] {
        let finalizers = metadata.finalizers
        var issues = finalizers.flatMap { MetadataRules.issues(.labelKey, $0, path: path) }
        if finalizers.contains("orphan"), finalizers.contains("foregroundDeletion") {
            let message = "finalizer orphan and foregroundDeletion cannot be both set"
            issues.append(FieldIssue(path: path, message: message))
        }
        guard let old, old.deletionTimestamp != nil else { return issues }
        let added = Set(finalizers).subtracting(old.finalizers).sorted()
        guard !added.isEmpty else { return issues }
        let message =
            "no new finalizers can be added if the object is being deleted, found \(added.joined(separator: ", "))"
        return issues + [FieldIssue(path: path, reason: .forbidden, message: message)]
    }
}
