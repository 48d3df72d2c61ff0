// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas

extension CustomResourceDefinition {
    static let schema = Schema.resource(
        "A kind of object that is made at run time.",
        [.init("spec", spec), .init("status", status)], required: ["spec"])

    private static let spec = Schema.object(
        "What the kind is.",
        [
            .init("group", .string("API group; a domain of yours.", maxLength: 253)),
            .init("names", wantedNames),
            .init("scope", .string("Cluster or Namespaced.", maxLength: 32)),
            .init("versions", .array("Its versions.", of: version, maxItems: 64)),
            .init("conversion", conversion),
            .init("preserveUnknownFields", .boolean("Must be false.")),
        ])

    /// The names are always there, empty or not, as upstream has it.
    private static var wantedNames: Schema {
        var schema = names("What it is called.")
        schema.defaultValue = [:]
        return schema
    }

    private static func names(_ description: String) -> Schema {
        .object(
            description,
            [
                .init("plural", name("As paths have it, such as crontabs.")),
                .init("singular", name("One of it, such as crontab.")),
                .init("shortNames", .array("Short words for it.", of: name("A word."), maxItems: 64)),
                .init("kind", name("As objects say it, such as CronTab.")),
                .init("listKind", name("As lists say it, such as CronTabList.")),
                .init("categories", .array("Groups of kinds, such as all.", of: name("A word."), maxItems: 64)),
            ])
    }

    private static func name(_ description: String) -> Schema { .string(description, maxLength: 253) }

    private static let version = Schema.object(
        "A version of the kind.",
        [
            .init("name", name("Such as v1 or v1beta1.")),
            .init("served", .boolean("Whether clients may use it.")),
            .init("storage", .boolean("Whether objects are stored in it; true for exactly one.")),
            .init("deprecated", .boolean("Whether clients that use it are warned.")),
            .init("deprecationWarning", .string("What they are warned of.", maxLength: 256)),
            .init(
                "schema",
                .object("The shape of its objects.", [.init("openAPIV3Schema", .open("An OpenAPI v3 schema."))])),
            .init("subresources", subresources),
            .init("additionalPrinterColumns", .array("Columns of tables.", of: column, maxItems: 64)),
            .init(
                "selectableFields",
                .array(
                    "Fields to select by.",
                    of: .object("A field.", [.init("jsonPath", path("Where it stands."))], required: ["jsonPath"]),
                    maxItems: 64)),
        ])

    private static func path(_ description: String) -> Schema { .string(description, maxLength: 4096) }

    private static let subresources = Schema.object(
        "Doors beside the object.",
        [
            .init("status", .open("Makes status a door of its own.")),
            .init(
                "scale",
                .object(
                    "Where its size stands.",
                    [
                        .init("specReplicasPath", path("The size that is wanted.")),
                        .init("statusReplicasPath", path("The size that is.")),
                        .init("labelSelectorPath", path("What it counts, as a selector's text.")),
                    ])),
        ])

    private static let column = Schema.object(
        "A column.",
        [
            .init("name", name("What stands above it.")),
            .init("type", name("string, integer, number, boolean or date.")),
            .init("format", name("A hint for printing.")),
            .init("description", .string("What it shows.", maxLength: 4096)),
            .init("priority", .integer("0 always shows; above it only -o wide does.", in: 0...1_000_000)),
            .init("jsonPath", path("Where its value stands.")),
        ])

    private static let conversion = Schema.object(
        "How versions become each other.",
        [
            .init("strategy", name("None: only apiVersion changes.")),
            .init("webhook", .open("Not called here.")),
        ])

    private static let status: Schema = {
        var conditions = Schema.looseConditions
        conditions.isNullable = true
        return .object(
            "How it is served.",
            [
                .init("conditions", conditions),
                .init("acceptedNames", names("The names that it has.")),
                .init(
                    "storedVersions",
                    .array("Versions that objects may be stored in.", of: name("A version."), maxItems: 64)),
            ])
    }()
}
