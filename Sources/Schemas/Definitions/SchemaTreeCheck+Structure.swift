// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

extension SchemaTreeCheck {
    /// What the root must be, then everything below it.
    mutating func checkStructure(of root: JSON, _ path: String) {
        switch root["type"]?.string ?? "" {
        case "": report("\(path).type", .required, "must not be empty at the root")
        case "object": break
        case let type: report("\(path).type", value: .string(type), "must be object at the root")
        }
        if root["x-kubernetes-embedded-resource"]?.bool == true {
            report("\(path).x-kubernetes-embedded-resource", .forbidden, "must not be true at the root")
        }
        if let metadata = root["properties"]?["metadata"] { checkMetadata(metadata, "\(path).properties[metadata]") }
        checkNode(root, path)
    }

    /// The server knows the shape of metadata; a definition may only narrow names.
    private mutating func checkMetadata(_ metadata: JSON, _ path: String) {
        let members = metadata["properties"]?.object?.keys ?? []
        guard !members.allSatisfy({ $0 == "name" || $0 == "generateName" }) else { return }
        report(
            path, .forbidden,
            "must not specify anything other than name and generateName, but metadata is implicitly specified")
    }

    private mutating func checkNode(_ schema: JSON, _ path: String) {
        checkExtensions(schema, path)
        if schema["type"]?.string == "array", schema["items"] == nil {
            report("\(path).items", .required, "must be specified")
        }
        checkDefault(schema, path)
        for (name, limit) in schema.schemaLimits {
            checkLimit(limit, "\(path).\(name)", of: schema, isAlternative: schema.isIntegerOrString)
        }
        for (name, child) in schema.schemaChildren {
            let place = "\(path).\(name)"
            if child["type"]?.string?.isEmpty ?? true, !child.mayHaveNoType {
                let what = name == "items" ? "array items" : "object fields"
                report("\(place).type", .required, "must not be empty for specified \(what)")
            }
            checkNode(child, place)
        }
    }

    private mutating func checkExtensions(_ schema: JSON, _ path: String) {
        if schema.isIntegerOrString, let type = schema["type"]?.string, !type.isEmpty {
            report("\(path).type", .forbidden, "must be empty if x-kubernetes-int-or-string is true")
        }
        if schema["x-kubernetes-preserve-unknown-fields"]?.bool == false {
            report("\(path).x-kubernetes-preserve-unknown-fields", value: false, "must be true or undefined")
        }
        guard schema["x-kubernetes-embedded-resource"]?.bool == true else { return }
        if schema["type"]?.string != "object" {
            report(
                "\(path).type", value: schema["type"] ?? "",
                "must be object if x-kubernetes-embedded-resource is true")
        }
        let hasMembers = schema["properties"]?.object?.isEmpty == false
        if !hasMembers, schema["x-kubernetes-preserve-unknown-fields"]?.bool != true {
            report(
                "\(path).properties", .required,
                "must not be empty if x-kubernetes-embedded-resource is true without "
                    + "x-kubernetes-preserve-unknown-fields")
        }
    }

    // MARK: Limits

    /// Words that describe a value and so have no place in a schema that only limits it.
    private static let describing = [
        "default", "additionalProperties", "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string",
    ]

    private mutating func checkLimit(_ limit: JSON, _ path: String, of outer: JSON, isAlternative: Bool) {
        if limit["type"] != nil, !isAlternative {
            report("\(path).type", .forbidden, "must be empty to be structural")
        }
        for word in Self.describing where limit[word] != nil {
            report("\(path).\(word)", .forbidden, "must be undefined to be structural")
        }
        if limit["nullable"]?.bool == true {
            report("\(path).nullable", .forbidden, "must be false to be structural")
        }
        for member in limit["properties"]?.object?.members ?? [] {
            let place = "\(path).properties[\(member.key)]"
            guard let described = outer["properties"]?[member.key] ?? outer["additionalProperties"] else {
                // Where unknown members stay, a limit may speak of them.
                if outer["x-kubernetes-preserve-unknown-fields"]?.bool != true {
                    report("properties[\(member.key)]".below(path), .required, "because it is defined in \(place)")
                }
                continue
            }
            checkLimit(member.value, place, of: described, isAlternative: described.isIntegerOrString)
        }
        for (name, deeper) in limit.schemaLimits {
            checkLimit(deeper, "\(path).\(name)", of: outer, isAlternative: isAlternative)
        }
        if let items = limit["items"], let described = outer["items"] {
            checkLimit(items, "\(path).items", of: described, isAlternative: described.isIntegerOrString)
        }
    }

    // MARK: Defaults

    /// A default must be what the schema allows, whole and without a member too many.
    private mutating func checkDefault(_ schema: JSON, _ path: String) {
        guard let value = schema["default"] else { return }
        let place = "\(path).default"
        var plain = Schema(openAPI: schema)
        plain.defaultValue = nil
        let pruned = plain.pruned(value)
        guard pruned.unknown.isEmpty else {
            return report(place, value: value, "must not have unknown fields")
        }
        for issue in plain.issues(in: plain.defaulted(value)) {
            let part = issue.path.isEmpty ? place : "\(place).\(issue.path)"
            report(part, of: issue, value: value, plain)
        }
    }

    private mutating func report(_ path: String, of issue: FieldIssue, value: JSON, _ schema: Schema) {
        guard issue.path.isEmpty else { return report(path, issue.reason, issue.message) }
        switch issue.reason {
        case .typeInvalid:
            let type = schema.form.openAPIType ?? "integer or string"
            report(
                path, .typeInvalid, value: .string(value.typeName),
                " in body must be of type \(type): \"\(value.typeName)\"")
        case .notSupported:
            report(path, .notSupported, value: value, .supported(schema.allowed.map(\.plainText).sorted()))
        default: report(path, issue.reason, value: value, issue.message)
        }
    }
}

extension JSON {
    fileprivate var isIntegerOrString: Bool { self["x-kubernetes-int-or-string"]?.bool == true }

    fileprivate var mayHaveNoType: Bool {
        isIntegerOrString || self["x-kubernetes-preserve-unknown-fields"]?.bool == true
    }
}

extension String {
    /// A place in the schema that the limit at that path limits.
    fileprivate func below(_ path: String) -> String {
        let words = [".allOf[", ".anyOf[", ".oneOf[", ".not"]
        let end = words.compactMap { word in path.firstRange(of: word)?.lowerBound }.min() ?? path.endIndex
        return "\(path[..<end]).\(self)"
    }
}
