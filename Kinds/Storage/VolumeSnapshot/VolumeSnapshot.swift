// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// What a volume held at one moment, of which other volumes can be made.
enum VolumeSnapshot {
    static let type = ResourceType.volumeSnapshot

    static let kind = Kind(
        group: type.kind.group,
        names: Kind.Names(
            kind: type.kind.kind, plural: type.plural, shortNames: ["volsnap"], categories: ["all", "scs"]),
        versions: [KindVersion(name: type.kind.version, schema: schema, columns: columns)],
        issues: { issues($0, $1) })

    private static let columns = [
        Column("Site", path: ".status.site", description: "Where it is."), SitedKind.readyColumn,
        Column("Volume", path: ".spec.volume", description: "The Volume that it was taken of."),
        Column("GiB", type: "integer", path: ".status.sizeGiB", description: "The volume's size at that time."),
        Column("Phase", path: ".status.phase", description: "What it is doing."),
        SitedKind.reasonColumn, Column("ID", path: ".status.id", description: "Cinder's id.", priority: 1),
    ]

    static let schema = Schema.resource(
        "What a volume held at one moment, of which other volumes can be made.", spec: spec, status: status)

    private static let spec = Schema.object(
        "What is wanted.",
        [
            .init("volume", .name("The Volume of the namespace that it is taken of.").with(.immutable())),
            .init(
                "metadata",
                .map("Cinder's metadata of it.", of: .string("A value.", maxLength: 255), maxProperties: 100)),
        ], required: ["volume"])

    private static let status = Schema.status(
        "What is known of it at the site.",
        [
            .init("id", .string("Cinder's id.", maxLength: 64)),
            .init("site", .string("The site where it is.", maxLength: 63)),
            .init("phase", .word("What it is doing.", of: StoragePhase.allCases.map(\.rawValue))),
            .init("state", .string("Cinder's word for it.", maxLength: 64)),
            .init("sizeGiB", .integer("The volume's size at that time, in GiB.", in: 0...Int64(1 << 40))),
            .init("volumeID", .string("Cinder's id of the volume that it was taken of.", maxLength: 64)),
            .init("takenAt", .string("When it was asked for, by the site's clock in UTC.", maxLength: 64)),
        ])

    /// Everything that the schema cannot say, in field order.
    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard let spec = try? (new.spec ?? [:]).decode(VolumeSnapshotSpec.self) else { return [] }
        let isOther = old?.spec?["volume"]?.string.map { $0 != spec.volume } == true
        return (isOther ? [.immutable("spec.volume")] : []) + Volume.metadataIssues(spec.metadata)
    }
}

/// What a user wants of a snapshot.
struct VolumeSnapshotSpec: Codable, Hashable, Sendable {
    var volume: String
    var metadata: [String: String]?

    enum CodingKeys: String, CodingKey, CaseIterable { case volume, metadata }
}

/// What is known of a snapshot at its site, beside its conditions.
struct VolumeSnapshotStatus: Codable, Hashable, Sendable {
    var id: String?
    var site: String?
    var phase: StoragePhase?
    /// Cinder's word, such as `available`.
    var state: String?
    var sizeGiB: Int?
    var volumeID: String?
    var takenAt: String?

    enum CodingKeys: String, CodingKey, CaseIterable { case id, site, phase, state, sizeGiB, volumeID, takenAt }
}
