// SPDX-License-Identifier: Apache-2.0

import Schemas
import SiteKinds

extension Volume {
    static let schema = Schema.resource(
        "A disk of a project at a site, which outlives the servers that have it.", spec: spec, status: status)

    private static let spec = Schema.object(
        "What is wanted.",
        [
            .init("site", .site.with(.immutable())),
            .init("sizeGiB", .integer("Its size in GiB; it can grow.", in: 1...65536)),
            .init(
                "type",
                .string("Cinder's volume type; the site's own choice when absent.", maxLength: 255, minLength: 1)),
            .init("source", source),
            .init("bootable", .boolean("Whether servers boot from it; as its source has it when absent.")),
            .init(
                "metadata",
                .map("Cinder's metadata of it.", of: .string("A value.", maxLength: 255), maxProperties: 100)),
            .init("openstack", openstack),
        ], required: ["site", "sizeGiB"])

    private static let source = Schema.object(
        "What it is made of, one of the three; blank when absent. It is immutable.",
        [
            .init("image", .string("An image, by a name or id that the site offers.", maxLength: 255, minLength: 1)),
            .init("snapshot", .name("A VolumeSnapshot of the namespace.")),
            .init("volume", .name("A Volume of the namespace, which is copied.")),
        ])

    private static let openstack = Schema.object(
        "Passed to Cinder as it is. It is immutable.",
        [.init("availabilityZone", .string("Where Cinder places it.", maxLength: 255, minLength: 1))])

    private static let status = Schema.status(
        "What is known of it at the site.",
        [
            .init("id", .string("Cinder's id.", maxLength: 64)),
            .init("site", .string("The site where it is.", maxLength: 63)),
            .init("phase", .word("What it is doing.", of: StoragePhase.allCases.map(\.rawValue))),
            .init("state", .string("Cinder's word for it.", maxLength: 64)),
            .init("sizeGiB", .integer("Its size in GiB.", in: 0...Int64(1 << 40))),
            .init("type", .string("Cinder's volume type.", maxLength: 255)),
            .init("bootable", .boolean("Whether servers boot from it.")),
            .init("attachments", .array("The servers that have it.", of: attachment, maxItems: 64)),
        ])

    private static let attachment = Schema.object(
        "One server that has it.",
        [
            .init("serverID", .string("Nova's id of the server.", maxLength: 64)),
            .init("device", .string("Where the server sees it.", maxLength: 64)),
        ], required: ["serverID"])
}
