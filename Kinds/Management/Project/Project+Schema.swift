// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import SiteKinds

extension Project {
    static let schema = Schema.resource(
        "The unit of ownership in an organization.", spec: spec, status: status, isSpecRequired: false)

    private static let spec = Schema.object(
        "What the project is called, and where it may be.",
        [
            .init("displayName", .string("The name for people.", maxLength: 128)),
            .init("description", .string("What it is for.", maxLength: 1024)),
            .init(
                "sites",
                .array(
                    "The sites where it may be; absent for all of the organization's.",
                    of: .string("A Site.", maxLength: 253, minLength: 1), maxItems: 100, listType: .set)),
        ])

    private static let status = Schema.status(
        "How the project is at the sites that need it.",
        [
            .init(
                "sites",
                .array("Each site that needs it.", of: entry, maxItems: 100, listType: .map(keys: ["name"])))
        ])

    private static let entry = Schema.object(
        "How the project is at one site.",
        [
            .init("name", .string("The Site.", maxLength: 253)),
            .init("id", .string("Keystone's id of the project there.", maxLength: 255)),
            .init("ready", .boolean("Whether things can be made in it there.")),
            .init("reason", .string("Why not, in a word.", maxLength: 64)),
            .init("message", .string("Why not.", maxLength: 2048)),
        ], required: ["name", "ready"])
}
