// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import SiteKinds

extension Organization {
    static let schema = Schema.resource(
        "One customer of the provider.", spec: spec, status: status, isSpecRequired: false)

    private static let spec = Schema.object(
        "What the organization is called, and which sites it may use.",
        [
            .init("displayName", .string("The name for people.", maxLength: 128)),
            .init(
                "sites",
                .array(
                    "The sites that it may use.", of: use, maxItems: 100, listType: .map(keys: ["name"]))),
            .init("issuers", issuers),
        ])

    private static let use = Schema.object(
        "How the organization uses one site.",
        [
            .init("name", .name("The Site.")),
            .init(
                "access",
                .word(
                    "Whether the credential serves one project or manages a domain of the organization's own.",
                    of: ["project", "domain"])),
            .init("credentialsRef", CredentialSecret.schema),
            .init(
                "project",
                .string("With access project: the Project that the credential serves.", maxLength: 63, minLength: 1)),
        ], required: ["name", "access"])

    private static let status = Schema.status(
        "How the organization is at its sites.",
        [
            .init(
                "sites",
                .array("Each site of the spec.", of: entry, maxItems: 200, listType: .map(keys: ["name"])))
        ])

    private static let entry = Schema.object(
        "How the organization is at one site.",
        [
            .init("name", .string("The Site.", maxLength: 253)),
            .init("ready", .boolean("Whether its projects can be used there.")),
            .init("message", .string("Why not.", maxLength: 2048)),
            .init("domainID", .string("Keystone's id of the domain.", maxLength: 255)),
            .init("serviceUserID", .string("Keystone's id of the service user.", maxLength: 255)),
            .init("passwordFrom", .string("The uid of the Secret with its password.", maxLength: 255)),
        ], required: ["name", "ready"])
}
