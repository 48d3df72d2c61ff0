// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension OpenAPI2Document {
    init(_ tree: JSON) throws {
        self.init()
        swagger = tree.text("swagger")
        info.title = tree["info"]?.text("title") ?? ""
        info.version = tree["info"]?.text("version") ?? ""
        consumes = tree.texts("consumes")
        produces = tree.texts("produces")
        paths.path = try tree.members("paths").map(OpenAPI2NamedPathItem.init)
        definitions.additionalProperties = try tree.members("definitions").map(OpenAPI2NamedSchema.init)
        vendorExtension = tree.extensions
    }
}

extension OpenAPI2NamedPathItem {
    fileprivate init(_ member: JSONObject.Member) throws {
        self.init()
        name = member.key
        value = try OpenAPI2PathItem(member.value)
    }
}

extension OpenAPI2PathItem {
    fileprivate init(_ tree: JSON) throws {
        self.init()
        get = try tree.part("get").map(OpenAPI2Operation.init)
        put = try tree.part("put").map(OpenAPI2Operation.init)
        post = try tree.part("post").map(OpenAPI2Operation.init)
        delete = try tree.part("delete").map(OpenAPI2Operation.init)
        patch = try tree.part("patch").map(OpenAPI2Operation.init)
        parameters = try tree.elements("parameters").map(OpenAPI2ParametersItem.init)
        vendorExtension = tree.extensions
    }
}

extension OpenAPI2Operation {
    fileprivate init(_ tree: JSON) throws {
        self.init()
        tags = tree.texts("tags")
        description_p = tree.text("description")
        operationID = tree.text("operationId")
        consumes = tree.texts("consumes")
        produces = tree.texts("produces")
        schemes = tree.texts("schemes")
        parameters = try tree.elements("parameters").map(OpenAPI2ParametersItem.init)
        responses.responseCode = try tree.members("responses").map(OpenAPI2NamedResponseValue.init)
        vendorExtension = tree.extensions
    }
}

extension OpenAPI2NamedResponseValue {
    fileprivate init(_ member: JSONObject.Member) throws {
        self.init()
        name = member.key
        value.response.description_p = member.value.text("description")
        if let schema = member.value["schema"] { value.response.schema.schema = try OpenAPI2Schema(schema) }
    }
}

extension OpenAPI2ParametersItem {
    fileprivate init(_ tree: JSON) throws {
        self.init()
        switch tree.text("in") {
        case "body": parameter.bodyParameter = try OpenAPI2BodyParameter(tree)
        case "path": parameter.nonBodyParameter.pathParameterSubSchema = OpenAPI2PathParameterSubSchema(tree)
        default: parameter.nonBodyParameter.queryParameterSubSchema = OpenAPI2QueryParameterSubSchema(tree)
        }
    }
}

extension OpenAPI2BodyParameter {
    fileprivate init(_ tree: JSON) throws {
        self.init()
        name = tree.text("name")
        `in` = "body"
        required = tree.flag("required")
        schema = try tree.part("schema").map(OpenAPI2Schema.init)
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
