// SPDX-License-Identifier: Apache-2.0

import JSONTree
import SwiftProtobuf
import Testing

@testable import ProtobufForms

@Suite("An OpenAPI v2 message")
struct OpenAPIMessageTests {
    static let document: JSON = [
        "swagger": "2.0", "info": ["title": "T", "version": "v1"],
        "paths": [
            "/api/v1/things/{name}": [
                "parameters": [["name": "name", "in": "path", "type": "string", "required": true]],
                "patch": [
                    "operationId": "patchThing", "consumes": ["application/json-patch+json"],
                    "parameters": [
                        ["name": "dryRun", "in": "query", "type": "string", "uniqueItems": true],
                        ["name": "body", "in": "body", "required": true, "schema": ["$ref": "#/definitions/Thing"]],
                    ],
                    "responses": ["200": ["description": "OK", "schema": ["$ref": "#/definitions/Thing"]]],
                    "x-kubernetes-action": "patch",
                ],
            ]
        ],
        "definitions": [
            "Thing": [
                "type": "object", "description": "A thing.", "required": ["size"],
                "properties": [
                    "size": ["type": "integer", "minimum": 1, "maximum": 10, "enum": [1, 2]],
                    "words": ["type": "array", "items": ["type": "string", "maxLength": 5]],
                    "table": ["type": "object", "additionalProperties": ["type": "number"]],
                ],
                "x-kubernetes-group-version-kind": [["group": "", "kind": "Thing", "version": "v1"]],
            ]
        ],
    ]

    @Test("says what the document says")
    func message() throws {
        let message = try OpenAPI2Document(serializedBytes: OpenAPIMessage.bytes(Self.document))
        #expect(message.swagger == "2.0" && message.info.title == "T")
        let path = try #require(message.paths.path.first)
        #expect(path.name == "/api/v1/things/{name}" && path.value.get.isEmpty)
        #expect(path.value.parameters[0].parameter.nonBodyParameter.pathParameterSubSchema.name == "name")
        let patch = try #require(path.value.patch.first)
        #expect(patch.operationID == "patchThing" && patch.consumes == ["application/json-patch+json"])
        #expect(patch.parameters[0].parameter.nonBodyParameter.queryParameterSubSchema.name == "dryRun")
        #expect(patch.parameters[1].parameter.bodyParameter.schema.map(\.ref) == ["#/definitions/Thing"])
        #expect(patch.responses.responseCode[0].name == "200")
        #expect(patch.vendorExtension[0].name == "x-kubernetes-action")
        #expect(patch.vendorExtension[0].value.yaml == #""patch""#)
    }

    @Test("has the schemas with their limits and kinds")
    func schemas() throws {
        let message = try OpenAPI2Document(serializedBytes: OpenAPIMessage.bytes(Self.document))
        let thing = try #require(message.definitions.additionalProperties.first)
        #expect(
            thing.name == "Thing" && thing.value.type.map(\.value) == [["object"]] && thing.value.required == ["size"])
        #expect(
            thing.value.vendorExtension[0].value.yaml == #"[{"group":"","kind":"Thing","version":"v1"}]"#)
        let members = try #require(thing.value.properties.first).additionalProperties
        #expect(members.map(\.name) == ["size", "words", "table"])
        #expect(members[0].value.enum.map(\.yaml) == ["1", "2"])
        let limits = try Self.limits(of: members[0].value)
        #expect(limits.minimum == 1 && limits.maximum == 10)
        let word = try #require(members[1].value.items.first?.schema.first)
        #expect(try Self.limits(of: word).maxLength == 5)
        #expect(members[2].value.additionalProperties.first?.schema.type.map(\.value) == [["number"]])
    }

    /// The fields of a schema that stand in a message of their own, read from the same bytes.
    private static func limits(of schema: OpenAPI2Schema) throws -> OpenAPI2SchemaLimits {
        try OpenAPI2SchemaLimits(serializedBytes: schema.serializedBytes() as [UInt8])
    }
}
