// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// A disk of a project at a site, which outlives the servers that have it.
enum Volume {
    static let type = ResourceType.volume

    static let kind = Kind(
        group: type.kind.group,
        names: Kind.Names(kind: type.kind.kind, plural: type.plural, shortNames: ["vol"], categories: ["all", "scs"]),
        versions: [KindVersion(name: type.kind.version, schema: schema, columns: columns)],
        issues: { issues($0, $1) })

    private static let columns = [
        SitedKind.siteColumn, SitedKind.readyColumn,
        Column("GiB", type: "integer", path: ".status.sizeGiB", description: "Its size at the site."),
        Column("Type", path: ".status.type", description: "Cinder's volume type."),
        Column("Phase", path: ".status.phase", description: "What it is doing."),
        Column("Server", path: ".status.attachments[*].serverID", description: "Who has it.", priority: 1),
        SitedKind.reasonColumn, Column("ID", path: ".status.id", description: "Cinder's id.", priority: 1),
    ]
}

/// What a user wants of a volume.
struct VolumeSpec: Codable, Hashable, Sendable {
    /// What it is made of; one of the three.
    struct Source: Codable, Hashable, Sendable {
        /// By a name or id that the site offers.
        var image: String?
        var snapshot: String?
        var volume: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case image, snapshot, volume }
    }

    struct OpenStack: Codable, Hashable, Sendable {
        var availabilityZone: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case availabilityZone }
    }

    var site: String
    var sizeGiB: Int
    var type: String?
    var source: Source?
    var bootable: Bool?
    var metadata: [String: String]?
    var openstack: OpenStack?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case site, sizeGiB, type, source, bootable, metadata, openstack
    }
}

/// What is known of a volume at its site, beside its conditions.
struct VolumeStatus: Codable, Hashable, Sendable {
    struct Attachment: Codable, Hashable, Sendable {
        var serverID: String
        /// Where the server sees it: `/dev/sdb`.
        var device: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case serverID, device }
    }

    var id: String?
    var site: String?
    var phase: StoragePhase?
    /// Cinder's word, such as `available` or `in-use`.
    var state: String?
    var sizeGiB: Int?
    var type: String?
    var bootable: Bool?
    var attachments: [Attachment]?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, site, phase, state, sizeGiB, type, bootable, attachments
    }
}
