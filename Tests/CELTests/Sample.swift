// SPDX-License-Identifier: Apache-2.0

import CEL
import JSONTree

/// An object as a rule sees it, with a field of each type.
enum Sample {
    static let shape = ObjectShape(
        name: "object",
        fields: [
            field("name", .string), field("replicas", .int), field("weight", .double), field("enabled", .bool),
            field("port", .dyn), field("created", .timestamp), field("ttl", .duration), field("secret", .bytes),
            field("labels", .map(.string)), field("sizes", .list(.int, .atomic)), field("tags", .list(.string, .set)),
            field("items", .list(.object(item), .map(keys: ["name"]))), field("absent", .string),
            field("x-prop", .int), field("namespace", .string), field("nothing", .string),
            field("nested", .object(item)),
        ])

    private static let item = ObjectShape(name: "object", fields: [field("name", .string), field("value", .int)])

    private static func field(_ key: String, _ shape: Shape) -> ObjectShape.Field { .init(key: key, shape: shape) }

    static let object: JSON = [
        "name": "web", "replicas": 3, "weight": 2, "enabled": true, "port": "50%",
        "created": "2026-01-31T12:30:15.5Z", "ttl": "1h30m", "secret": "aGk=", "labels": ["a": "1", "b": "2"],
        "sizes": [1, 2, 3], "tags": ["x", "y"],
        "items": [["name": "one", "value": 1], ["name": "two", "value": 2]], "x-prop": 7, "namespace": "default",
        "nothing": .null, "nested": ["name": "inner"],
    ]

    static let variables = [Variable("self", Shape.object(shape).type)]

    /// Compiles and runs on the sample.
    static func run(_ source: String, limit: Int64 = 1_000_000) throws -> Value {
        let program = try Program(source, variables: variables)
        return try program.run([Value(object, as: .object(shape))], limit: limit).result.get()
    }
}
