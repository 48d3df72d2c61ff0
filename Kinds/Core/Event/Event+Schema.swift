// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas

extension Event {
    static let schema = Schema.resource(
        "Something that happened to an object.",
        [
            .init("involvedObject", reference("What it happened to.")),
            .init("reason", .string("Why, as one CamelCase word.", maxLength: 128)),
            .init("message", .string("What happened, in a sentence.", maxLength: 4096)),
            .init("source", source),
            .init("firstTimestamp", time("When it first happened.")),
            .init("lastTimestamp", time("When it last happened.")),
            .init("count", .integer("How often it happened.", in: 0...Int64(Int32.max))),
            .init("type", .string("Normal or Warning.", maxLength: 64)),
            .init("eventTime", time("When it was first seen, in microseconds.", isAlwaysThere: true)),
            .init("series", series),
            .init("action", .string("What was done or failed.", maxLength: 128)),
            .init("related", reference("Another object that has to do with it.")),
            .init("reportingComponent", .string("Who tells: a controller's name.", maxLength: 253, default: "")),
            .init("reportingInstance", .string("Which one of several.", maxLength: 253, default: "")),
        ], required: ["involvedObject"])

    private static func time(_ description: String, isAlwaysThere: Bool = false) -> Schema {
        var schema = Schema.string(description, maxLength: 64, format: "date-time")
        schema.isNullable = true
        if isAlwaysThere { schema.defaultValue = .null }
        return schema
    }

    private static func reference(_ description: String) -> Schema {
        .atomic(
            description,
            [
                .init("apiVersion", .string("Group and version.", maxLength: 317)),
                .init("kind", .string("The kind.", maxLength: 63)),
                .init("namespace", .string("The namespace; absent for cluster-scoped ones.", maxLength: 63)),
                .init("name", .string("The name.", maxLength: 253)),
                .init("uid", .string("The UID.", maxLength: 128)),
                .init("resourceVersion", .string("The version that it is about.", maxLength: 64)),
                .init("fieldPath", .string("The part that it is about.", maxLength: 1024)),
            ])
    }

    private static let source = Schema.object(
        "Who tells.",
        [
            .init("component", .string("A controller's name.", maxLength: 253)),
            .init("host", .string("The machine.", maxLength: 253)),
        ])

    private static let series = Schema.object(
        "That it happens again and again.",
        [
            .init("count", .integer("How often so far.", in: 0...Int64(Int32.max))),
            .init("lastObservedTime", time("When last.")),
        ])
}
