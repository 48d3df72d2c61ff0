// SPDX-License-Identifier: Apache-2.0

import JSONTree
import SwiftProtobuf

extension OpenAPI2NamedSchema {
    init(_ member: JSONObject.Member) throws {
        self.init()
        name = member.key
        value = try OpenAPI2Schema(member.value)
    }
}

extension OpenAPI2Schema {
    init(_ tree: JSON) throws {
        self.init()
        ref = tree.text("$ref")
        format = tree.text("format")
        title = tree.text("title")
        description_p = tree.text("description")
        `default` = tree.part("default").map(OpenAPI2Any.init)
        required = tree.texts("required")
        `enum` = tree.elements("enum").map(OpenAPI2Any.init)
        type = tree.part("type").map { type in .with { $0.value = [type.string ?? ""] } }
        items = try tree.part("items").map { element in try .with { $0.schema = [try OpenAPI2Schema(element)] } }
        additionalProperties = try tree.part("additionalProperties").map { schema in
            try .with { $0.schema = try OpenAPI2Schema(schema) }
        }
        if tree["properties"] != nil {
            let members = try tree.members("properties").map(OpenAPI2NamedSchema.init)
            properties = [.with { $0.additionalProperties = members }]
        }
        vendorExtension = tree.extensions
        // The limits are fields of the same message, which this type does not know and keeps as they are.
        try merge(serializedBytes: OpenAPI2SchemaLimits(tree).serializedBytes() as [UInt8])
    }
}

extension OpenAPI2SchemaLimits {
    fileprivate init(_ tree: JSON) {
        self.init()
        multipleOf = tree.number("multipleOf")
        maximum = tree.number("maximum")
        exclusiveMaximum = tree.flag("exclusiveMaximum")
        minimum = tree.number("minimum")
        exclusiveMinimum = tree.flag("exclusiveMinimum")
        maxLength = tree.count("maxLength")
        minLength = tree.count("minLength")
        pattern = tree.text("pattern")
        maxItems = tree.count("maxItems")
        minItems = tree.count("minItems")
        uniqueItems = tree.flag("uniqueItems")
        maxProperties = tree.count("maxProperties")
        minProperties = tree.count("minProperties")
    }
}
