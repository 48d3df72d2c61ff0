// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// The one OpenAPI v2 document of all that is served at a place, made of the v3 documents of its group versions.
///
/// Old clients read nothing else: kubectl before 1.28 checks with it what it applies, Terraform and Argo CD learn the
/// types of fields from it. https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v2
struct OpenAPI2Document {
    private(set) var tree: JSON

    /// Of documents as `OpenAPIDocument` makes them.
    init(_ documents: [JSON]) {
        var paths: [(String, JSON)] = []
        var definitions: [(String, JSON)] = []
        for document in documents {
            paths += (document["paths"]?.object?.members ?? []).map { ($0.key, Self.item($0.value)) }
            definitions += (document["components"]?["schemas"]?.object?.members ?? [])
                .map { ($0.key, OpenAPI2Schema(definition: $0.value).tree) }
        }
        tree = [
            "swagger": "2.0", "info": ["title": "SCS Central", "version": "v1"], "paths": .object(JSONObject(paths)),
            "definitions": .object(JSONObject(definitions)),
        ]
    }

    private static func item(_ tree: JSON) -> JSON {
        let members = (tree.object?.members ?? []).map { member in
            (member.key, member.key == "parameters" ? parameters(member.value) : operation(member.value))
        }
        return .object(JSONObject(members))
    }

    private static func operation(_ operation: JSON) -> JSON {
        var tree = operation
        var taken = parameters(operation["parameters"] ?? []).array ?? []
        let content = operation["requestBody"]?["content"]?.object?.members ?? []
        if let body = content.first?.value["schema"] {
            let isRequired = operation["requestBody"]?["required"] ?? false
            taken.append([
                "name": "body", "in": "body", "required": isRequired, "schema": OpenAPI2Schema(body).tree,
            ])
        }
        tree["requestBody"] = nil
        tree["consumes"] = content.isEmpty ? ["*/*"] : .array(content.map { .string($0.key) })
        tree["produces"] = ["application/json"]
        tree["schemes"] = ["https"]
        tree["parameters"] = taken.isEmpty ? nil : .array(taken)
        let responses = (operation["responses"]?.object?.members ?? []).map { ($0.key, response($0.value)) }
        tree["responses"] = .object(JSONObject(responses))
        return tree
    }

    private static func response(_ response: JSON) -> JSON {
        var tree: JSON = ["description": response["description"] ?? ""]
        let content = response["content"]?.object?.members.first
        tree["schema"] = content?.value["schema"].map { OpenAPI2Schema($0).tree }
        return tree
    }

    /// What v3 says in a parameter's schema, v2 says in the parameter.
    private static func parameters(_ parameters: JSON) -> JSON {
        .array(
            (parameters.array ?? []).map { parameter in
                var tree = parameter
                tree["schema"] = nil
                for member in parameter["schema"]?.object?.members ?? [] { tree[member.key] = member.value }
                return tree
            })
    }
}
