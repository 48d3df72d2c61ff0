// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension OpenAPI2NamedSchema {
    init(_ member: JSONObject.Member) {
        self.init()
        name = member.key
        value = OpenAPI2Schema(member.value)
    }
}

extension OpenAPI2Schema {
    init(_ tree: JSON) {
        self.init()
        ref = tree.text("$ref")
        format = tree.text("format")
        title = tree.text("title")
        description_p = tree.text("description")
        if let value = tree["default"] { `default` = OpenAPI2Any(value) }
        readLimits(tree)
        required = tree.texts("required")
        `enum` = tree.elements("enum").map(OpenAPI2Any.init)
        if let name = tree["type"]?.string { type.value = [name] }
        readMembers(tree)
        vendorExtension = tree.extensions
    }

    private mutating func readLimits(_ tree: JSON) {
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

    private mutating func readMembers(_ tree: JSON) {
        if let element = tree["items"] { items.schema = [OpenAPI2Schema(element)] }
        if let schema = tree["additionalProperties"] { additionalProperties.schema = OpenAPI2Schema(schema) }
        if tree["properties"] != nil {
            properties.additionalProperties = tree.members("properties").map(OpenAPI2NamedSchema.init)
        }
    }
}
