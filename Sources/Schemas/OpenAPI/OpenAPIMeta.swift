// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// The schemas that all kinds share, under the names by which clients look for them.
enum OpenAPIMeta {
    static let objectMeta = name("ObjectMeta")
    static let listMeta = name("ListMeta")
    static let status = name("Status")
    static let deleteOptions = name("DeleteOptions")
    static let patch = name("Patch")

    static let schemas: [(String, JSON)] = [
        (objectMeta, Schema.objectMeta.openAPI),
        (listMeta, list.openAPI),
        (status, outcome.openAPI),
        (deleteOptions, deletion.openAPI),
        (patch, ["description": "A patch in one of the accepted forms.", "type": "object"]),
    ]

    static func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    private static func name(_ word: String) -> String { "io.k8s.apimachinery.pkg.apis.meta.v1.\(word)" }

    private static func text(_ name: String, _ description: String) -> Schema.Property {
        Schema.Property(name, .string(description, maxLength: 32768))
    }

    private static func number(_ name: String, _ description: String) -> Schema.Property {
        Schema.Property(name, .integer(description, in: 0...Int64.max))
    }

    private static let list = Schema.object(
        "Data of a list.",
        [
            text("resourceVersion", "Where to watch from."),
            text("continue", "Token for the next part of the list; empty at its end."),
            number("remainingItemCount", "About how many objects follow."),
            text("selfLink", "No longer used."),
        ])

    private static let outcome = Schema.object(
        "How a call went, when there is no object to answer with.",
        [
            text("apiVersion", "v1"), text("kind", "Status"), Schema.Property("metadata", list),
            Schema.Property("status", .word("How it went.", of: ["Success", "Failure"])),
            text("message", "What happened, for people."), text("reason", "What happened, for programs."),
            Schema.Property("details", details), number("code", "The HTTP status code."),
        ])

    private static let details = Schema.object(
        "What it is about.",
        [
            text("name", "Name of the object."), text("group", "Group of its kind."), text("kind", "Its resource."),
            text("uid", "UID of the object."), number("retryAfterSeconds", "Seconds to wait before another try."),
            Schema.Property("causes", .array("Every single reason.", of: cause, maxItems: 1000)),
        ])

    private static let cause = Schema.object(
        "One reason.",
        [
            text("field", "Path of the field."), text("message", "What is wrong and what would be right."),
            text("reason", "The reason for programs."),
        ])

    private static let deletion = Schema.object(
        "How to delete.",
        [
            text("apiVersion", "v1"), text("kind", "DeleteOptions"),
            number("gracePeriodSeconds", "Seconds that it may take to end."),
            Schema.Property(
                "propagationPolicy",
                .word("What becomes of the objects that belong to it.", of: ["Orphan", "Background", "Foreground"])),
            Schema.Property(
                "preconditions",
                .object("What must hold.", [text("uid", "Its UID."), text("resourceVersion", "Its resourceVersion.")])),
            Schema.Property(
                "dryRun", .array("All: check only, change nothing.", of: .word("", of: ["All"]), maxItems: 1)),
            Schema.Property("orphanDependents", .boolean("No longer used; see propagationPolicy.")),
        ])
}
