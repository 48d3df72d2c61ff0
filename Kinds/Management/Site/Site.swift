// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// One OpenStack installation: where it is, with which credential it is looked at, and what it offers.
enum Site {
    static let kind = Kind(
        group: ResourceType.site.kind.group, names: Kind.Names(kind: "Site", plural: "sites", categories: ["scs"]),
        isNamespaced: false, tenancy: .shared,
        versions: [
            KindVersion(
                name: ResourceType.site.kind.version, schema: schema,
                columns: [
                    SitedKind.readyColumn, SitedKind.reasonColumn,
                    Column(
                        "Reachable", path: #".status.conditions[?(@.type=="Reachable")].status"#,
                        description: "Whether the site answers."),
                    Column("Region", path: ".spec.region", description: "Which of its regions."),
                    Column("Flavors", type: "integer", value: .count(".status.flavors")),
                    Column("Images", type: "integer", value: .count(".status.images")),
                ])
        ], issues: issues)

    /// The wish, as the wire has it.
    struct Spec: Codable, Hashable, Sendable {
        var displayName: String?
        var description: String?
        var credentialsRef: CredentialsRef
        var observerCloud: String?
        var region: String?
        var endpoints: [String: String]?
        var caCertificate: String?
        var settleSeconds: Int
        var access: Access
    }

    struct CredentialsRef: Codable, Hashable, Sendable {
        var name: String
        var cloud: String?
    }

    /// What the site's own credential may do.
    enum Access: String, Codable, Hashable, Sendable { case project, domain, observer }

    /// The observation, as the wire has it; conditions are the machinery's.
    struct Status: Codable, Hashable, Sendable {
        struct Named: Codable, Hashable, Sendable {
            var id: String
            var name: String
        }

        struct Service: Codable, Hashable, Sendable {
            var type: String
            var name: String?
            var url: String?
            var version: String?
            var minMicroversion: String?
            var maxMicroversion: String?
        }

        struct Flavor: Codable, Hashable, Sendable {
            var name: String
            var id: String
            var vcpus: Int
            var ramMiB: Int
            var diskGiB: Int
        }

        struct Image: Codable, Hashable, Sendable {
            var name: String
            var id: String
            var status: String
            var minDiskGiB: Int
            var minRAMMiB: Int
            var visibility: String?
        }

        var lastObserved: String?
        var project: Named?
        var domain: Named?
        var regions: [String]?
        var services: [Service]?
        var flavors: [Flavor]?
        var images: [Image]?
        var externalNetworks: [Named]?
        var availabilityZones: [String]?
    }
}
