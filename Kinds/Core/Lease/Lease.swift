// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// Who holds something, and until when: how one of several processes becomes the one that acts.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/
enum Lease {
    static let kind = Kind(
        group: "coordination.k8s.io", names: Kind.Names(kind: "Lease", plural: "leases"),
        versions: [
            KindVersion(
                name: "v1", schema: schema, columns: [Column("Holder", path: ".spec.holderIdentity")], hasStatus: false)
        ], issues: issues)

    /// A lease that is held for no time is none.
    @Sendable private static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        let path = "leaseDurationSeconds"
        guard let duration = new.spec?[path], duration.integer.map({ $0 <= 0 }) ?? false else { return [] }
        return [FieldIssue(path: "spec.\(path)", value: duration, message: "must be greater than 0")]
    }
}
