// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// A kind made up for tests.
enum Widget {
    static let part = Schema.object(
        "A part.", [Schema.Property("name", .string("Name.", maxLength: 63))], required: ["name"])

    static let spec = Schema.object(
        "What is wished.",
        [
            Schema.Property("size", .integer("How big.", in: 1...9, default: 1)),
            Schema.Property("parts", .array("Parts.", of: part, maxItems: 5, listType: .map(keys: ["name"]))),
        ], required: ["size"])

    static let status = Schema.object("What is.", [Schema.Property("conditions", .conditions)])

    static let columns = [
        Column("Size", type: "integer", path: JSONPath([.member("spec"), .member("size")])),
        Column(
            "Names", path: JSONPath([.member("spec"), .member("parts"), .every, .member("name")]), description: "All."),
        Column("Parts", type: "integer", value: .count(JSONPath([.member("spec"), .member("parts")])), priority: 1),
        Column("Seen", type: "date", path: JSONPath([.member("status"), .member("seen")])),
        Column("Good", type: "boolean", path: JSONPath([.member("status"), .member("good")])),
    ]

    static func version(_ name: String, isServed: Bool = true) -> KindVersion {
        KindVersion(
            name: name, isServed: isServed, schema: .resource("A widget.", spec: spec, status: status), columns: columns
        )
    }

    static let kind = Kind(
        group: "test.scs.community", names: Kind.Names(kind: "Widget", plural: "widgets", shortNames: ["wi"]),
        versions: [version("v1alpha1")], selectableFields: ["spec.size": JSONPath([.member("spec"), .member("size")])])

    static func kind(
        _ name: String, _ plural: String, group: String = "test.scs.community", short: [String] = [],
        versions: [String] = ["v1alpha1"], storage: String? = nil
    ) -> Kind {
        Kind(
            group: group, names: Kind.Names(kind: name, plural: plural, shortNames: short),
            versions: versions.map { version($0) }, storageVersion: storage)
    }
}
