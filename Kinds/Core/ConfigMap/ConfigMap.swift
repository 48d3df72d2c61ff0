// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// Data that is no secret.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/config-map-v1/
enum ConfigMap {
    static let type = ResourceType(group: "", version: "v1", kind: "ConfigMap", plural: "configmaps")

    static let kind = Kind(
        group: "", names: Kind.Names(kind: "ConfigMap", plural: "configmaps", shortNames: ["cm"]),
        versions: [
            KindVersion(
                name: "v1", schema: schema, columns: [Column("Data", type: "integer", value: .count(".data"))],
                hasStatus: false)
        ], issues: issues)
}
