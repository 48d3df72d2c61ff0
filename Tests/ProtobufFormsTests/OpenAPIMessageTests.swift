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
        #expect(path.name == "/api/v1/things/{name}" && path.value.hasPatch && !path.value.hasGet)
        #expect(path.value.parameters[0].parameter.nonBodyParameter.pathParameterSubSchema.name == "name")
        let patch = path.value.patch
        #expect(patch.operationID == "patchThing" && patch.consumes == ["application/json-patch+json"])
        #expect(patch.parameters[0].parameter.nonBodyParameter.queryParameterSubSchema.name == "dryRun")
        #expect(patch.parameters[1].parameter.bodyParameter.schema.schemaReference == "#/definitions/Thing")
        #expect(patch.responses.responseCode[0].name == "200")
        #expect(patch.vendorExtension[0].name == "x-kubernetes-action")
        #expect(patch.vendorExtension[0].value.yaml == #""patch""#)
    }

    @Test("has the schemas with their limits and kinds")
    func schemas() throws {
        let message = try OpenAPI2Document(serializedBytes: OpenAPIMessage.bytes(Self.document))
        let thing = try #require(message.definitions.additionalProperties.first)
        #expect(thing.name == "Thing" && thing.value.type.value == ["object"] && thing.value.required == ["size"])
        #expect(
            thing.value.vendorExtension[0].value.yaml == #"[{"group":"","kind":"Thing","version":"v1"}]"#)
        let members = thing.value.properties.additionalProperties
        #expect(members.map(\.name) == ["size", "words", "table"])
        #expect(members[0].value.maximum == 10 && members[0].value.enum.map(\.yaml) == ["1", "2"])
        #expect(members[1].value.items.schema[0].maxLength == 5)
        #expect(members[2].value.additionalProperties.schema.type.value == ["number"])
    }
}

extension OpenAPI2Schema {
    fileprivate var schemaReference: String { ref }
}
