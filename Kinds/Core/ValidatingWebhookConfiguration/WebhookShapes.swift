// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// What both kinds of webhook configurations share.
enum WebhookShapes {
    static let group = "admissionregistration.k8s.io"

    static func kind(_ name: String, plural: String, schema: Schema, form: Webhook.Form) -> Kind {
        Kind(
            group: group, names: Kind.Names(kind: name, plural: plural, categories: ["api-extensions"]),
            isNamespaced: false,
            versions: [
                KindVersion(
                    name: "v1", schema: schema,
                    columns: [Column("Webhooks", type: "integer", value: .count(".webhooks"))], hasStatus: false)
            ], issues: { new, _ in WebhookIssues.issues(in: new, form) }, countsGeneration: true)
    }

    static func schema(_ description: String, form: Webhook.Form) -> Schema {
        let webhooks = Schema.array(
            "The webhooks, in the order in which they are asked.", of: webhook(form), maxItems: 64,
            listType: .map(keys: ["name"]))
        return .resource(description, [.init("webhooks", webhooks)])
    }

    private static func webhook(_ form: Webhook.Form) -> Schema {
        var properties: [Schema.Property] = [
            .init("name", .string("A name with at least three parts, unique here.", maxLength: 253)),
            .init("clientConfig", clientConfig),
            .init("rules", .array("Which requests it is asked about.", of: rule, maxItems: 64)),
            .init("failurePolicy", word("Whether its silence refuses or lets pass: Fail or Ignore.", default: "Fail")),
            .init("matchPolicy", word("Exact, or Equivalent for other versions too.", default: "Equivalent")),
            .init("namespaceSelector", selector("Labels of the namespaces that are meant.")),
            .init("objectSelector", selector("Labels of the objects that are meant.")),
            .init("sideEffects", word("None, or NoneOnDryRun.")),
            .init("timeoutSeconds", .integer("How long it may take.", in: -2_147_483_648...2_147_483_647, default: 10)),
            .init("admissionReviewVersions", words("The versions of AdmissionReview that it reads; v1 among them.")),
            .init("matchConditions", conditions),
        ]
        if form == .mutating {
            properties.append(
                .init(
                    "reinvocationPolicy",
                    word("IfNeeded asks it again after others changed the object.", default: "Never")))
        }
        return .object("A webhook.", properties, required: ["name"])
    }

    private static let clientConfig = Schema.object(
        "How it is reached.",
        [
            .init("url", .string("https://HOST[:PORT][/PATH].", maxLength: 2048)),
            .init(
                "caBundle", .string("The roots of its certificate: PEM in base64.", maxLength: 262_144, format: "byte")),
            .init("service", .open("A service in a cluster; there is none here.")),
        ])

    private static let rule = Schema.object(
        "Requests of some operations on some resources.",
        [
            .init("operations", words("CREATE, UPDATE, DELETE, CONNECT or *.")),
            .init("apiGroups", words("API groups; * is all, an empty text the core.")),
            .init("apiVersions", words("Versions of them; * is all.")),
            .init("resources", words("Plurals, perhaps with a door: widgets, widgets/status, *, */scale, */*.")),
            .init("scope", word("Cluster, Namespaced or *.", default: "*")),
        ])

    private static let conditions: Schema = {
        let condition = Schema.object(
            "A condition.",
            [
                .init("name", .string("What errors call it.", maxLength: 317)),
                .init("expression", .string("An expression over object, oldObject and request.", maxLength: 65_536)),
            ], required: ["name", "expression"])
        return .array(
            "Conditions that all must hold.", of: condition, maxItems: 64, listType: .map(keys: ["name"]))
    }()

    private static func selector(_ description: String) -> Schema {
        var schema = Schema.atomic(
            description,
            [
                .init(
                    "matchLabels",
                    .map("Labels with their values.", of: .string("A value.", maxLength: 63), maxProperties: 64)),
                .init(
                    "matchExpressions",
                    .array(
                        "Claims about labels.",
                        of: .object(
                            "A claim.",
                            [
                                .init("key", .string("The label.", maxLength: 317)),
                                .init("operator", .string("In, NotIn, Exists or DoesNotExist.", maxLength: 63)),
                                .init("values", words("The values to compare with.")),
                            ], required: ["key", "operator"]), maxItems: 64)),
            ])
        schema.defaultValue = [:]
        return schema
    }

    private static func word(_ description: String, default value: String? = nil) -> Schema {
        .string(description, maxLength: 63, default: value)
    }

    private static func words(_ description: String) -> Schema {
        .array(description, of: .string("A word.", maxLength: 317), maxItems: 256)
    }
}
