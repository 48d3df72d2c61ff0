// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// A schema of OpenAPI v3 in the words of v2, which has fewer.
///
/// What v2 cannot say is said more loosely, as upstream does: a value that may be null, or is a number or a text, has no
/// type, and where unknown fields are kept, no field is named; else kubectl would refuse what the server takes.
struct OpenAPI2Schema {
    private(set) var tree: JSON

    init(_ schema: JSON) {
        tree = JSON.object(JSONObject())
        let isLoose = schema["nullable"] == true || schema["x-kubernetes-int-or-string"] == true
        let isOpen = isLoose || schema["x-kubernetes-preserve-unknown-fields"] == true
        for member in schema.object?.members ?? [] {
            switch member.key {
            case "$ref": tree["$ref"] = Self.reference(member.value)
            case "allOf": tree["$ref"] = Self.onlyReference(member.value)
            case "nullable", "anyOf", "oneOf", "not", "default", "x-kubernetes-validations": break
            case "type": if !isLoose { tree["type"] = member.value }
            case "properties": if !isOpen { tree["properties"] = Self.table(member.value) }
            case "items", "additionalProperties":
                if !isOpen { tree[member.key] = OpenAPI2Schema(member.value).tree }
            case "required": if !isOpen { tree["required"] = member.value }
            default: tree[member.key] = member.value
            }
        }
        // Clients of v2 insist on knowing what is in an array.
        if tree["type"] == "array", tree["items"] == nil { tree["type"] = nil }
    }

    /// Of a whole kind; one that keeps unknown fields at its root says no more than that it is an object.
    init(definition schema: JSON) {
        self.init(schema)
        guard schema["x-kubernetes-preserve-unknown-fields"] == true else { return }
        tree = ["type": "object"]
        tree["x-kubernetes-group-version-kind"] = schema["x-kubernetes-group-version-kind"]
    }

    private static func table(_ properties: JSON) -> JSON {
        .object(JSONObject((properties.object?.members ?? []).map { ($0.key, OpenAPI2Schema($0.value).tree) }))
    }

    /// A reference with a description beside it stands alone in an `allOf` of v3.
    private static func onlyReference(_ schemas: JSON) -> JSON? {
        guard schemas.array?.count == 1, let target = schemas[0]?["$ref"] else { return nil }
        return reference(target)
    }

    private static func reference(_ target: JSON) -> JSON? {
        target.string.map { text in
            .string("#/definitions/" + (text.split(separator: "/").last.map(String.init) ?? ""))
        }
    }
}
