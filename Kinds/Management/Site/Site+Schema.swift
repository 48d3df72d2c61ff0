// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas
import SiteKinds

extension Site {
    static let schema = Schema.resource(
        "One OpenStack installation and what it offers.", spec: spec, status: status)

    private static let spec = Schema.object(
        "Where the site is, and how it is reached.",
        [
            .init("displayName", .string("The name for people.", maxLength: 128)),
            .init("description", .string("What people should know of it.", maxLength: 1024)),
            .init("credentialsRef", CredentialSecret.schema),
            .init(
                "access",
                .word(
                    "What the credential may do: use one project, manage a domain, or only look.",
                    of: ["project", "domain", "observer"], default: "project")),
            .init(
                "observerCloud",
                .string(
                    "Another entry of the same clouds.yaml that may read everything; used for looking only.",
                    maxLength: 253, minLength: 1)),
            .init("region", .string("The region; replaces that of clouds.yaml.", maxLength: 255, minLength: 1)),
            .init(
                "endpoints",
                .map(
                    "Addresses that replace the catalog's, by service: identity, compute, network, image, volume.",
                    of: .string("An http or https address.", maxLength: 2048, minLength: 1), maxProperties: 5)),
            .init(
                "caCertificate",
                .string("Certificates in PEM that are trusted beside the system's.", maxLength: 65536, minLength: 1)),
            .init(
                "settleSeconds",
                .integer("How long a creation without an answer may still appear.", in: 1...3600, default: 60)),
        ], required: ["credentialsRef"])

    private static let status = Schema.status(
        "What the site offers, as it was last seen.",
        [
            .init("lastObserved", .string("When the site last answered, to the minute.", maxLength: 64)),
            .init("project", named("The project of the credential.")),
            .init("domain", named("The domain of the credential.")),
            .init("regions", texts("The regions that the catalog names.")),
            .init("services", .array("The services of the catalog.", of: service, maxItems: 100)),
            .init("flavors", .array("The sizes of servers, at most 500.", of: flavor, maxItems: 500)),
            .init("images", .array("What servers boot from, at most 500.", of: image, maxItems: 500)),
            .init(
                "externalNetworks",
                .array("The networks that lead out of the site.", of: named("A network."), maxItems: 500)),
            .init("availabilityZones", texts("Where servers can be asked to run.")),
        ])

    private static func texts(_ description: String) -> Schema {
        .array(description, of: .string("A name.", maxLength: 255), maxItems: 100)
    }

    private static let name = Schema.string("Its name.", maxLength: 255)
    private static let id = Schema.string("The site's own id.", maxLength: 255)
    private static let size = 0...Int64(1 << 40)

    private static func named(_ description: String) -> Schema {
        .object(description, [.init("id", id), .init("name", name)])
    }

    private static let service = Schema.object(
        "A service.",
        [
            .init("type", .string("What it is: compute.", maxLength: 255)),
            .init("name", name),
            .init("url", .string("Where it is.", maxLength: 2048)),
            .init("version", .string("The version of its API.", maxLength: 64)),
            .init("minMicroversion", .string("The smallest microversion it takes.", maxLength: 64)),
            .init("maxMicroversion", .string("The largest microversion it takes.", maxLength: 64)),
        ], required: ["type"])

    private static let flavor = Schema.object(
        "A size of server.",
        [
            .init("name", name), .init("id", id),
            .init("vcpus", .integer("Virtual processors.", in: size)),
            .init("ramMiB", .integer("Memory in MiB.", in: size)),
            .init("diskGiB", .integer("Root disk in GiB; 0 means that a root volume is needed.", in: size)),
        ], required: ["name", "id"])

    private static let image = Schema.object(
        "An image.",
        [
            .init("name", name), .init("id", id),
            .init("status", .string("Its state in Glance's words: active.", maxLength: 64)),
            .init("minDiskGiB", .integer("The smallest disk in GiB.", in: size)),
            .init("minRAMMiB", .integer("The smallest memory in MiB.", in: size)),
            .init("visibility", .string("Who sees it, in Glance's words: public.", maxLength: 64)),
        ], required: ["name", "id"])
}
