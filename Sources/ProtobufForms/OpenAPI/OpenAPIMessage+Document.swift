// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension OpenAPI2Document {
    init(_ tree: JSON) {
        self.init()
        swagger = tree.text("swagger")
        info.title = tree["info"]?.text("title") ?? ""
        info.version = tree["info"]?.text("version") ?? ""
        consumes = tree.texts("consumes")
        produces = tree.texts("produces")
        paths.path = tree.members("paths").map(OpenAPI2NamedPathItem.init)
        definitions.additionalProperties = tree.members("definitions").map(OpenAPI2NamedSchema.init)
        vendorExtension = tree.extensions
    }
}

extension OpenAPI2NamedPathItem {
    fileprivate init(_ member: JSONObject.Member) {
        self.init()
        name = member.key
        value = OpenAPI2PathItem(member.value)
    }
}

extension OpenAPI2PathItem {
    fileprivate init(_ tree: JSON) {
        self.init()
        if let operation = tree["get"] { get = OpenAPI2Operation(operation) }
        if let operation = tree["put"] { put = OpenAPI2Operation(operation) }
        if let operation = tree["post"] { post = OpenAPI2Operation(operation) }
        if let operation = tree["delete"] { delete = OpenAPI2Operation(operation) }
        if let operation = tree["patch"] { patch = OpenAPI2Operation(operation) }
        parameters = tree.elements("parameters").map(OpenAPI2ParametersItem.init)
        vendorExtension = tree.extensions
    }
}

extension OpenAPI2Operation {
    fileprivate init(_ tree: JSON) {
        self.init()
        tags = tree.texts("tags")
        description_p = tree.text("description")
        operationID = tree.text("operationId")
        consumes = tree.texts("consumes")
        produces = tree.texts("produces")
        schemes = tree.texts("schemes")
        parameters = tree.elements("parameters").map(OpenAPI2ParametersItem.init)
        responses.responseCode = tree.members("responses").map(OpenAPI2NamedResponseValue.init)
        vendorExtension = tree.extensions
    }
}

extension OpenAPI2NamedResponseValue {
    fileprivate init(_ member: JSONObject.Member) {
        self.init()
        name = member.key
        value.response.description_p = member.value.text("description")
        if let schema = member.value["schema"] { value.response.schema.schema = OpenAPI2Schema(schema) }
    }
}

extension OpenAPI2ParametersItem {
    fileprivate init(_ tree: JSON) {
        self.init()
        switch tree.text("in") {
        case "body": parameter.bodyParameter = OpenAPI2BodyParameter(tree)
        case "path": parameter.nonBodyParameter.pathParameterSubSchema = OpenAPI2PathParameterSubSchema(tree)
        default: parameter.nonBodyParameter.queryParameterSubSchema = OpenAPI2QueryParameterSubSchema(tree)
        }
    }
}

extension OpenAPI2BodyParameter {
    fileprivate init(_ tree: JSON) {
        self.init()
        name = tree.text("name")
        `in` = "body"
        required = tree.flag("required")
        if let schema = tree["schema"] { self.schema = OpenAPI2Schema(schema) }
    }
}

extension OpenAPI2PathParameterSubSchema {
    fileprivate init(_ tree: JSON) {
        self.init()
        name = tree.text("name")
        `in` = "path"
        description_p = tree.text("description")
        type = tree.text("type")
        required = true
        uniqueItems = tree.flag("uniqueItems")
    }
}

extension OpenAPI2QueryParameterSubSchema {
    fileprivate init(_ tree: JSON) {
        self.init()
        name = tree.text("name")
        `in` = "query"
        description_p = tree.text("description")
        type = tree.text("type")
        required = tree.flag("required")
        uniqueItems = tree.flag("uniqueItems")
    }
}
