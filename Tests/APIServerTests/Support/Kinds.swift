// SPDX-License-Identifier: Apache-2.0

import APIServer
import ClientContract
import JSONTree
import Resources
import Schemas

/// Small kinds of our own: one of each tenancy, one that is only answered.
enum TestKinds {
    static let group = "test.scs.community"

    /// Like the `Widget` of the recorded answers, as far as its rules matter here.
    static let widget = Kind(
        group: group, names: .init(kind: "Widget", plural: "widgets", shortNames: ["wd"], categories: ["all"]),
        versions: [
            KindVersion(
                name: "v1", schema: widgetSchema,
                columns: [Column("Size", path: ".spec.size"), Column("Phase", path: ".status.phase")]),
            KindVersion(
                name: "v1alpha1", schema: oldWidgetSchema, toStorage: { renamed($0, from: "dimension", to: "size") },
                fromStorage: { renamed($0, from: "size", to: "dimension") }),
        ], storageVersion: "v1", selectableFields: ["spec.size": ".spec.size"],
        issues: { new, old in
            guard let old, old.spec?["code"] != new.spec?["code"] else { return [] }
            return [FieldIssue(path: "spec.code", message: "is immutable")]
        })

    /// The provider writes it, everybody sees it.
    static let catalogued = Kind(
        group: group, names: .init(kind: "Flavour", plural: "flavours"), isNamespaced: false, tenancy: .shared,
        versions: [KindVersion(name: "v1", schema: openSchema)])

    /// The provider's own.
    static let machine = Kind(
        group: group, names: .init(kind: "Machine", plural: "machines"), isNamespaced: false, tenancy: .provider,
        versions: [KindVersion(name: "v1", schema: openSchema, hasStatus: false)])

    /// Has a value that no log may show.
    static let vault = Kind(
        group: group, names: .init(kind: "Vault", plural: "vaults"),
        versions: [KindVersion(name: "v1", schema: vaultSchema)],
        actions: [
            Action(name: "open", kind: GroupVersionKind(group: group, version: "v1", kind: "Opening")) { request in
                ["opened": .string(request.object.metadata.name), "by": .string(request.user.name)]
            }
        ], secretFields: [".spec.treasure"])

    /// Is answered and not kept.
    static let echo = Kind(
        group: group, names: .init(kind: "Echo", plural: "echoes"), isNamespaced: false,
        form: .answered { request in
            var object = request.object
            object.status = ["heard": .string(request.user.name)]
            return object
        }, versions: [KindVersion(name: "v1", schema: openSchema)])

    /// What the contract of clients is checked with.
    static let contracted = Kind(
        group: ClientContract.widget.kind.group,
        names: .init(kind: ClientContract.widget.kind.kind, plural: ClientContract.widget.plural),
        versions: [KindVersion(name: ClientContract.widget.kind.version, schema: openSchema)])

    /// One that Kubernetes itself has, so that it comes as protobuf too.
    static let configMap = Kind(
        group: "", names: .init(kind: "ConfigMap", plural: "configmaps"),
        versions: [
            KindVersion(
                name: "v1",
                schema: .resource(
                    "Words.",
                    [
                        .init(
                            "data",
                            .map("By name.", of: .string("A word.", maxLength: 100), maxProperties: 10)),
                        .init("immutable", .boolean("For ever.")),
                    ]), hasStatus: false)
        ])

    /// Configure webhooks, as upstream's two kinds do, and namespaces with labels.
    static let hooks = [hook("MutatingHook"), hook("ValidatingHook"), hook("Space")]
    static let hookTypes = WebhookReview.Types(
        mutating: hooks[0].groupResource, validating: hooks[1].groupResource, namespace: hooks[2].type)

    private static func hook(_ name: String) -> Kind {
        var webhooks = Schema(.array)
        webhooks.items = [.open("A webhook.")]
        return Kind(
            group: group, names: .init(kind: name, plural: "\(name.lowercased())s"), isNamespaced: false,
            versions: [
                KindVersion(name: "v1", schema: .resource("Hooks.", [.init("webhooks", webhooks)]), hasStatus: false)
            ])
    }

    static let all = [widget, catalogued, machine, vault, echo, contracted, configMap]

    private static let widgetSchema = Schema.resource(
        spec: .object(
            "What is wanted.",
            [
                .init("size", .word("How large.", of: ["small", "medium", "large"], default: "medium")),
                .init("replicas", .integer("How many.", in: 0...10, default: 1)),
                .init("code", .string("A code.", maxLength: 10, pattern: "^[a-z]{3}-[0-9]+$")),
                .init("note", .string("Free text.", maxLength: 100)),
                .init("order", .array("Words in order.", of: .string("A word.", maxLength: 10), maxItems: 20)),
                .init("limits", .map("By name.", of: .string("A limit.", maxLength: 10), maxProperties: 10)),
            ]),
        status: .object("What is.", [.init("phase", .string("Where it is.", maxLength: 20))]))

    private static let oldWidgetSchema = Schema.resource(
        spec: .object("What is wanted.", [.init("dimension", .string("How large.", maxLength: 10))]),
        status: .object("What is.", [.init("phase", .string("Where it is.", maxLength: 20))]))

    private static let vaultSchema = Schema.resource(
        spec: .object(
            "What is in it.",
            [
                .init("treasure", .string("For the owner.", maxLength: 100)),
                .init("open", .string("For all.", maxLength: 100)),
            ]), status: .open("Anything."))
    private static let openSchema = Schema.resource(spec: .open("Anything."), status: .open("Anything."))

    private static func renamed(_ tree: JSON, from: String, to: String) -> JSON {
        var tree = tree
        guard var spec = tree["spec"], let value = spec[from] else { return tree }
        spec[from] = nil
        spec[to] = value
        tree["spec"] = spec
        return tree
    }
}
