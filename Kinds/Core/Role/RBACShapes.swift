// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Resources
import Schemas

/// What the four RBAC kinds have in common.
enum RBACShapes {
    static func kind(
        _ name: String, plural: String, isNamespaced: Bool, schema: Schema, columns: [Column] = [],
        issues: @escaping @Sendable (Object, Object?) -> [FieldIssue],
        admission: @escaping @Sendable (AdmissionRequest) async throws -> Object
    ) -> Kind {
        Kind(
            group: rbacGroup, names: Kind.Names(kind: name, plural: plural), isNamespaced: isNamespaced,
            nameRule: .pathSegment,
            versions: [KindVersion(name: "v1", schema: schema, columns: columns, hasStatus: false)], issues: issues,
            admission: admission)
    }

    static func type(_ name: String, plural: String, isNamespaced: Bool) -> ResourceType {
        ResourceType(group: rbacGroup, version: "v1", kind: name, plural: plural, isNamespaced: isNamespaced)
    }

    static let rules = Schema.array("What it allows.", of: rule, maxItems: 1024)

    static let rule = Schema.object(
        "Verbs on things.",
        [
            .init("verbs", texts("What may be done; * for everything.")),
            .init("apiGroups", texts("The groups of the resources; the core group is empty, * is every group.")),
            .init("resources", texts("The things; * for all, pods/status or */status for a subresource.")),
            .init("resourceNames", texts("The only names; all when absent.")),
            .init("nonResourceURLs", texts("Paths that are no resources; may end in *.")),
        ], required: ["verbs"])

    static let binding = [
        Schema.Property("subjects", .array("Who gets the role.", of: subject, maxItems: 4096)),
        Schema.Property("roleRef", roleReference),
    ]

    static let bindingColumns = [
        Column("Role", path: ".roleRef.name"), Column("Role Kind", path: ".roleRef.kind", priority: 1),
        Column("Users", path: #".subjects[?(@.kind=="User")].name"#, priority: 1),
        Column("Groups", path: #".subjects[?(@.kind=="Group")].name"#, priority: 1),
        Column("ServiceAccounts", path: #".subjects[?(@.kind=="ServiceAccount")].name"#, priority: 1),
    ]

    private static func texts(_ description: String) -> Schema {
        .array(description, of: .string("A name.", maxLength: 1024), maxItems: 1024)
    }

    private static let roleReference = Schema.atomic(
        "The role; cannot change.",
        [
            .init("apiGroup", .word("The group of RBAC.", of: [rbacGroup], default: rbacGroup)),
            .init("kind", .word("What is bound.", of: ["Role", "ClusterRole"])),
            .init("name", .string("Its name.", maxLength: 253, minLength: 1)),
        ], required: ["kind", "name"])

    private static let subject = Schema.atomic(
        "A user, a group or a service account.",
        [
            .init("kind", .word("What it is.", of: ["User", "Group", "ServiceAccount"])),
            .init(
                "apiGroup",
                .string("The group of RBAC for users and groups, empty for service accounts.", maxLength: 253)),
            .init("name", .string("Its name.", maxLength: 1024, minLength: 1)),
            .init("namespace", .string("The service account's namespace.", maxLength: 63)),
        ], required: ["kind", "name"])
}
