// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Patterns
import Resources

/// What is wrong with a schema as a definition writes it, in upstream's words.
///
/// Two walks, the second only after a clean first: what no schema may say, then what makes it structural.
/// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
struct SchemaTreeCheck {
    /// A schema with more issues than these is garbage.
    static let limit = 100

    private(set) var issues: [FieldIssue] = []

    /// - Parameter path: where the schema stands in the definition.
    static func issues(in schema: JSON, at path: String) -> [FieldIssue] {
        var check = SchemaTreeCheck()
        check.walk(schema, path, isLimit: false)
        if check.issues.isEmpty { check.checkStructure(of: schema, path) }
        return check.issues
    }

    mutating func report(
        _ path: String, _ reason: FieldIssue.Reason = .invalid, value: JSON? = nil, _ message: String
    ) {
        guard issues.count < Self.limit else { return }
        issues.append(FieldIssue(path: path, reason: reason, value: value, message: message))
    }

    /// - Parameter isLimit: whether the schema only limits what another describes (`anyOf` and the like).
    private mutating func walk(_ schema: JSON, _ path: String, isLimit: Bool) {
        guard issues.count < Self.limit else { return }
        guard schema.object != nil else {
            return report(path, .typeInvalid, value: .string(schema.typeName), "must be an object")
        }
        checkUnsupported(schema, path)
        checkType(schema, path)
        checkList(schema, path)
        checkMembers(schema, path)
        checkValues(schema, path)
        for (name, child) in schema.schemaChildren { walk(child, "\(path).\(name)", isLimit: isLimit) }
        for (name, child) in schema.schemaLimits { walk(child, "\(path).\(name)", isLimit: true) }
    }

    private mutating func checkUnsupported(_ schema: JSON, _ path: String) {
        for word in ["$ref", "definitions", "dependencies", "patternProperties", "additionalItems", "id", "$schema"]
        where schema[word] != nil {
            report("\(path).\(word)", .forbidden, "\(word) is not supported")
        }
        if schema["uniqueItems"]?.bool == true {
            report(
                "\(path).uniqueItems", .forbidden,
                "uniqueItems cannot be set to true since the runtime complexity becomes quadratic")
        }
        if schema["nullable"].map({ $0.bool == nil }) ?? false {
            report("\(path).nullable", .typeInvalid, value: schema["nullable"], "must be true or false")
        }
    }

    static let types = ["array", "boolean", "integer", "number", "object", "string"]

    private mutating func checkType(_ schema: JSON, _ path: String) {
        guard let type = schema["type"]?.string, !type.isEmpty, !Self.types.contains(type) else { return }
        if type == "null" {
            return report("\(path).type", .forbidden, "type cannot be set to null, use nullable as an alternative")
        }
        report("\(path).type", .notSupported, value: .string(type), .supported(Self.types))
    }

    private mutating func checkMembers(_ schema: JSON, _ path: String) {
        let additional = schema["additionalProperties"]
        if let additional, additional.bool != true, schema["properties"]?.object?.isEmpty == false {
            report(
                "\(path).additionalProperties", .forbidden,
                "additionalProperties and properties are mutual exclusive")
        } else if additional?.bool == false {
            report("\(path).additionalProperties", .forbidden, "additionalProperties cannot be set to false")
        }
        if let type = schema["x-kubernetes-map-type"]?.string {
            if !["atomic", "granular"].contains(type) {
                report(
                    "\(path).x-kubernetes-map-type", .notSupported, value: .string(type),
                    .supported(["atomic", "granular"]))
            } else if schema["type"]?.string != "object" {
                report(
                    "\(path).type", value: schema["type"] ?? "",
                    "must be object if x-kubernetes-map-type is specified")
            }
        }
    }

    private mutating func checkValues(_ schema: JSON, _ path: String) {
        guard let pattern = schema["pattern"]?.string else { return }
        do {
            _ = try Pattern(pattern)
        } catch {
            report(
                "\(path).pattern", value: .string(pattern),
                "must be a valid regular expression, but isn't: \(error.description)")
        }
    }
}

// MARK: - Lists

extension SchemaTreeCheck {
    private mutating func checkList(_ schema: JSON, _ path: String) {
        if schema["items"]?.array != nil {
            report("\(path).items", .forbidden, "items must be a schema object and not an array")
        }
        let keys = schema["x-kubernetes-list-map-keys"]?.array
        guard let type = schema["x-kubernetes-list-type"]?.string else {
            if keys?.isEmpty == false {
                report(
                    "\(path).x-kubernetes-list-type", .required,
                    "must be map if x-kubernetes-list-map-keys is non-empty")
            }
            return
        }
        guard ["atomic", "set", "map"].contains(type) else {
            return report(
                "\(path).x-kubernetes-list-type", .notSupported, value: .string(type),
                .supported(["atomic", "map", "set"]))
        }
        guard schema["type"]?.string == "array" else {
            return report(
                "\(path).type", value: schema["type"] ?? "", "must be array if x-kubernetes-list-type is specified")
        }
        if type == "map" { checkMapKeys(keys ?? [], schema, path) }
        if type == "set", let item = schema["items"] { checkSetItem(item, "\(path).items") }
    }

    private mutating func checkMapKeys(_ keys: [JSON], _ schema: JSON, _ path: String) {
        let place = "\(path).x-kubernetes-list-map-keys"
        guard !keys.isEmpty else {
            return report(place, .required, "must not be empty if x-kubernetes-list-type is map")
        }
        let item = schema["items"] ?? .null
        guard item["type"]?.string == "object" else {
            return report(
                "\(path).items.type", value: item["type"] ?? "",
                "must be object if parent array's x-kubernetes-list-type is map")
        }
        let names = keys.compactMap(\.string)
        guard names.count == keys.count, names.allSatisfy({ item["properties"]?[$0] != nil }) else {
            return report(place, value: .array(keys), "entries must all be names of item properties")
        }
        let required = item["required"]?.array?.compactMap(\.string) ?? []
        for name in names {
            let key = item["properties"]?[name] ?? .null
            let keyPath = "\(path).items.properties[\(name)]"
            if !["string", "integer", "number", "boolean"].contains(key["type"]?.string) {
                report(
                    "\(keyPath).type", value: key["type"] ?? "",
                    "must be a scalar type if parent array's x-kubernetes-list-type is map")
            } else if key["default"] == nil, !required.contains(name) {
                report(
                    "\(keyPath).default", .required,
                    "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"
                )
            }
        }
    }

    private mutating func checkSetItem(_ item: JSON, _ path: String) {
        if item["nullable"]?.bool == true {
            report("\(path).nullable", .forbidden, "cannot be nullable when x-kubernetes-list-type is set")
        }
        switch item["type"]?.string {
        case "object" where item["x-kubernetes-map-type"]?.string != "atomic":
            report(
                "\(path).x-kubernetes-map-type", value: item["x-kubernetes-map-type"] ?? .null,
                "must be atomic as item of a list with x-kubernetes-list-type=set")
        case "array" where item["x-kubernetes-list-type"].map({ $0.string != "atomic" }) ?? false:
            report(
                "\(path).x-kubernetes-list-type", value: item["x-kubernetes-list-type"],
                "must be atomic as item of a list with x-kubernetes-list-type=set")
        default: break
        }
    }
}

extension String {
    /// The end of an "Unsupported value" message.
    static func supported(_ words: [String]) -> String {
        "supported values: " + words.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}

extension JSON {
    /// The schemas below this one that describe parts of the value, with their places.
    var schemaChildren: [(String, JSON)] {
        var children = (self["properties"]?.object?.members ?? []).map { ("properties[\($0.key)]", $0.value) }
        if let items = self["items"], items.object != nil { children.append(("items", items)) }
        if let values = self["additionalProperties"], values.object != nil {
            children.append(("additionalProperties", values))
        }
        return children
    }

    /// The schemas below this one that only limit the same value, with their places.
    var schemaLimits: [(String, JSON)] {
        var limits: [(String, JSON)] = []
        for word in ["allOf", "anyOf", "oneOf"] {
            for (index, limit) in (self[word]?.array ?? []).enumerated() { limits.append(("\(word)[\(index)]", limit)) }
        }
        if let limit = self["not"] { limits.append(("not", limit)) }
        return limits
    }

    /// What JSON calls such a value.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .decimal: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
