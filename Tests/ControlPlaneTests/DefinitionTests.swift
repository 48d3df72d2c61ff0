// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing
import YAMLTree

/// `scs crds`, read as an API server reads it.
@Suite("Definitions for other API servers")
struct DefinitionTests {
    private func printed(_ arguments: [String] = []) throws -> [JSON] {
        let result = try Binary.run(["crds"] + arguments)
        try #require(result.status == 0, "\(result.errors)")
        return try YAML.documents(result.output)
    }

    @Test("every kind of ours is printed, whole and readable, without a server")
    func all() throws {
        let definitions = try printed()
        let names = definitions.compactMap { $0["metadata"]?["name"]?.string }
        #expect(names.count == definitions.count && Set(names).count == names.count)
        #expect(names.contains("virtualmachines.compute.scs.community"))
        #expect(names.contains("sites.management.scs.community"))
        for definition in definitions {
            let spec = try #require(definition["spec"])
            let plural = try #require(spec["names"]?["plural"]?.string)
            #expect(definition["apiVersion"] == "apiextensions.k8s.io/v1")
            #expect(definition["metadata"]?["name"]?.string == "\(plural).\(spec["group"]?.string ?? "")")
            #expect(spec["versions"]?.array?.filter { $0["storage"] == true }.count == 1)
        }
    }

    @Test("every schema is structural, as Kubernetes demands it")
    func structural() throws {
        for definition in try printed() {
            let name = definition["metadata"]?["name"]?.string ?? ""
            for version in definition["spec"]?["versions"]?.array ?? [] {
                let schema = try #require(version["schema"]?["openAPIV3Schema"], "\(name)")
                #expect(schema["type"] == "object")
                #expect(Structure.problems(schema, at: name) == [])
            }
        }
    }

    @Test("our own server's reader takes every one of them, were it a user's")
    func reader() throws {
        for var definition in try printed() {
            // The server fills this in before it reads.
            let stored = definition["spec"]?["versions"]?.array?.first { $0["storage"] == true }?["name"] ?? .null
            definition["status"] = ["storedVersions": [stored]]
            let read = Definition(definition)
            #expect(read.issues(replacing: nil, isEstablished: false) == [], "\(read.name)")
        }
    }

    @Test("one kind is printed by any of its names, and a stranger is refused")
    func one() throws {
        for word in ["networks", "Network", "networks.networking.scs.community"] {
            #expect(try printed([word]).map { $0["spec"]?["names"]?["kind"]?.string } == ["Network"])
        }
        #expect(try Binary.run(["crds", "nonsense"]).status == 64)
    }
}

/// The rules of structural schemas, read off the printed tree and not off our own types.
///
/// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
private enum Structure {
    static func problems(_ schema: JSON, at place: String) -> [String] {
        var problems = own(schema).map { "\(place): \($0)" }
        for property in schema["properties"]?.object?.members ?? [] {
            problems += Self.problems(property.value, at: "\(place).\(property.key)")
        }
        for member in ["items", "additionalProperties"] {
            if let inner = schema[member], inner.object != nil {
                problems += Self.problems(inner, at: "\(place).\(member)")
            }
        }
        return problems
    }

    private static let members: Set<String> = [
        "description", "type", "format", "nullable", "default", "enum", "minLength", "maxLength", "pattern", "minimum",
        "maximum", "minItems", "maxItems", "minProperties", "maxProperties", "items", "properties",
        "additionalProperties", "required", "anyOf", "x-kubernetes-list-type", "x-kubernetes-list-map-keys",
        "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource",
        "x-kubernetes-validations", "x-kubernetes-map-type",
    ]

    private static func own(_ schema: JSON) -> [String] {
        var problems: [String] = []
        let type = schema["type"]?.string
        let isOpen = schema["x-kubernetes-preserve-unknown-fields"] == true
        let isEither = schema["x-kubernetes-int-or-string"] == true
        if type == nil, !isOpen, !isEither { problems.append("type is required") }
        if isEither, type != nil { problems.append("type is not allowed beside x-kubernetes-int-or-string") }
        if type == "array", schema["items"]?.object == nil { problems.append("items is required") }
        if schema["properties"] != nil, schema["additionalProperties"] != nil {
            problems.append("properties and additionalProperties exclude each other")
        }
        if schema["anyOf"] != nil, !isEither { problems.append("anyOf is for int-or-string only") }
        for key in schema.object?.keys ?? [] where !members.contains(key) { problems.append("\(key) is no member") }
        let properties = Set(schema["properties"]?.object?.keys ?? [])
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where !properties.contains(name) {
            problems.append("\(name) is required and no property")
        }
        for key in schema["x-kubernetes-list-map-keys"]?.array?.compactMap(\.string) ?? [] {
            let item = schema["items"]
            let isThere = item?["required"]?.array?.contains(.string(key)) == true
            if !isThere, item?["properties"]?[key]?["default"] == nil {
                problems.append("the key \(key) must be required or have a default")
            }
        }
        return problems
    }
}
