// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas

@testable import Merging

/// The kinds that the recorded cases are about.
enum Recorded {
    static let widget = Schema.resource(
        "", [.init("spec", spec), .init("status", status)])

    static let configMap = Schema.resource(
        "", [.init("data", .map("", of: text(), maxProperties: 1000)), .init("immutable", .boolean(""))])

    static let secret = Schema.resource(
        "",
        [
            .init("data", .map("", of: text(), maxProperties: 1000)),
            .init("stringData", .map("", of: text(), maxProperties: 1000)),
            .init("type", text(default: "Opaque")),
        ])

    static let spec = Schema.object(
        "",
        [
            .init("size", text(default: "medium")), .init("replicas", .integer("", in: 0...10, default: 1)),
            .init("code", text()), .init("ratio", Schema(.number)), .init("port", Schema(.integerOrString)),
            .init("note", nullable), .init("nested", nested),
            .init("parts", .array("", of: part, maxItems: 4, listType: .map(keys: ["name"]))),
            .init("tags", .array("", of: text(), maxItems: 100, listType: .set)),
            .init("order", .array("", of: text(), maxItems: 100)),
            .init("limits", .map("", of: text(), maxProperties: 100)), .init("pick", pick), .init("raw", .open("")),
        ])

    private static let part = Schema.object(
        "",
        [
            .init("name", text()), .init("value", text()),
            .init("weight", .integer("", in: 0...1000, default: 1)),
        ], required: ["name"])

    private static let nested: Schema = {
        var deep = Schema.object(
            "", [.init("level", .integer("", in: 0...1000, default: 3)), .init("on", .boolean(""))])
        deep.defaultValue = [:]
        return .object("", [.init("mode", text()), .init("deep", deep)], required: ["mode"])
    }()

    private static let nullable: Schema = {
        var schema = text()
        schema.isNullable = true
        return schema
    }()

    private static let pick: Schema = {
        var schema = Schema.map("", of: text(), maxProperties: 100)
        schema.isAtomicMap = true
        return schema
    }()

    private static let status = Schema.object(
        "",
        [
            .init("phase", text()), .init("replicas", Schema(.integer)), .init("selector", text()),
            .init("observedGeneration", Schema(.integer)), .init("startedAt", text()),
            .init("conditions", .array("", of: condition, maxItems: 100, listType: .map(keys: ["type"]))),
        ])

    private static let condition = Schema.object(
        "",
        [.init("type", text()), .init("status", text()), .init("reason", text()), .init("message", text())],
        required: ["type", "status"])

    static func text(default defaultValue: String? = nil) -> Schema {
        .string("", maxLength: 100_000, default: defaultValue)
    }
}
