// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

extension Definition {
    /// What is wrong with the versions, one by one and together.
    ///
    /// What all versions say alike, upstream complains of at a place of its own: `spec.validation`, `spec.subresources`,
    /// `spec.additionalPrinterColumns`.
    var versionIssues: [FieldIssue] {
        let versions = versions
        guard !versions.isEmpty else {
            return [FieldIssue(path: "spec.versions", reason: .required, message: "must have at least one version")]
        }
        return versionNameIssues + togetherIssues + schemaIssues
            + shared("subresources", at: "spec.subresources").flatMap { Self.subresourceIssues($0.tree, $0.path) }
            + shared("additionalPrinterColumns", at: "spec.additionalPrinterColumns")
            .flatMap { Self.columnIssues($0.tree.array ?? [], $0.path) }
            + selectableIssues
    }

    /// A member of the versions with its place: once when all have the same, else of each that has it.
    private func shared(_ member: String, at common: String) -> [(path: String, tree: JSON)] {
        let trees = versions.map { $0.tree[member] }
        if let first = trees.first ?? nil, trees.allSatisfy({ $0 == first }) { return [(common, first)] }
        return trees.enumerated().compactMap { index, tree in
            tree.map { ("spec.versions[\(index)].\(member)", $0) }
        }
    }

    // MARK: Names

    private var versionNameIssues: [FieldIssue] {
        versions.enumerated().flatMap { index, version in
            let places = (index == 0 ? ["spec.version"] : []) + ["spec.versions[\(index)].name"]
            return places.flatMap { path in
                NameRule.label1035.issues(version.name).map {
                    FieldIssue(path: path, value: .string(version.name), message: $0)
                }
            }
        }
    }

    private var togetherIssues: [FieldIssue] {
        let names = versions.map(\.name)
        func issue(_ message: String) -> FieldIssue {
            FieldIssue(path: "spec.versions", value: .array(versions.map(\.summary)), message: message)
        }
        var issues: [FieldIssue] = []
        if Set(names).count != names.count { issues.append(issue("must contain unique version names")) }
        if versions.filter(\.isStored).count != 1 {
            issues.append(issue("must have exactly one version marked as storage version"))
        }
        return issues
    }

    // MARK: Schemas

    private var schemaIssues: [FieldIssue] {
        let missing = versions.enumerated().filter { $0.element.schema == nil }.map { index, _ in
            FieldIssue(path: "spec.versions[\(index)].schema.openAPIV3Schema", reason: .required, message: "")
        }
        guard missing.isEmpty else { return missing }
        return shared("schema", at: "spec.validation").flatMap { path, tree in
            let (schema, place) = (tree["openAPIV3Schema"] ?? .null, "\(path).openAPIV3Schema")
            let issues = SchemaTreeCheck.issues(in: schema, at: place)
            return issues.isEmpty ? Schema.custom(schema).ruleIssues(at: place) : issues
        }
    }

    // MARK: Doors, columns, fields to select by

    private static func isSimplePath(_ text: String) -> Bool { text.hasPrefix(".") && JSONPath(text) != nil }
    private static let simplePath = "must be a simple json path starting with ."

    private static func subresourceIssues(_ tree: JSON, _ path: String) -> [FieldIssue] {
        guard let scale = tree["scale"] else { return [] }
        let rules = [
            ("specReplicasPath", true, [".spec."]), ("statusReplicasPath", true, [".status."]),
            ("labelSelectorPath", false, [".spec.", ".status."]),
        ]
        return rules.flatMap { member, isRequired, roots -> [FieldIssue] in
            let place = "\(path).scale.\(member)"
            let text = scale[member]?.string ?? ""
            if text.isEmpty { return isRequired ? [FieldIssue(path: place, reason: .required, message: "")] : [] }
            guard isSimplePath(text) else {
                return [FieldIssue(path: place, value: .string(text), message: simplePath)]
            }
            guard !roots.contains(where: text.hasPrefix) else { return [] }
            let names = roots.map { String($0.dropLast()) }.joined(separator: " or ")
            return [FieldIssue(path: place, value: .string(text), message: "should be a json path under \(names)")]
        }
    }

    private static let columnTypes = ["boolean", "date", "integer", "number", "string"]

    private static func columnIssues(_ columns: [JSON], _ path: String) -> [FieldIssue] {
        columns.enumerated().flatMap { index, column -> [FieldIssue] in
            let place = "\(path)[\(index)]"
            var issues: [FieldIssue] = []
            if column["name"]?.string?.isEmpty ?? true {
                issues.append(FieldIssue(path: "\(place).name", reason: .required, message: ""))
            }
            switch column["jsonPath"]?.string ?? "" {
            case "": issues.append(FieldIssue(path: "\(place).JSONPath", reason: .required, message: ""))
            case let text where !isSimplePath(text):
                issues.append(FieldIssue(path: "\(place).JSONPath", value: .string(text), message: simplePath))
            default: break
            }
            switch column["type"]?.string ?? "" {
            case "": issues.append(FieldIssue(path: "\(place).type", reason: .required, message: ""))
            case let type where !columnTypes.contains(type):
                let message = "must be one of \(columnTypes.joined(separator: ","))"
                issues.append(FieldIssue(path: "\(place).type", value: .string(type), message: message))
            default: break
            }
            return issues
        }
    }

    private static let selectableLimit = 8

    private var selectableIssues: [FieldIssue] {
        shared("selectableFields", at: "spec.selectableFields").flatMap { path, tree -> [FieldIssue] in
            let fields = tree.array ?? []
            guard fields.count <= Self.selectableLimit else {
                let message = "must have at most \(Self.selectableLimit) items, has \(fields.count)"
                return [FieldIssue(path: path, reason: .tooMany, message: message)]
            }
            return fields.enumerated().flatMap { index, field in
                selectableIssues(field["jsonPath"]?.string ?? "", "\(path)[\(index)].jsonPath")
            }
        }
    }

    /// A field to select by must be a text, a whole number or a truth value of every schema that names it.
    private func selectableIssues(_ text: String, _ path: String) -> [FieldIssue] {
        guard !text.isEmpty else { return [FieldIssue(path: path, reason: .required, message: "")] }
        guard Self.isSimplePath(text), let found = JSONPath(text) else {
            return [FieldIssue(path: path, value: .string(text), message: Self.simplePath)]
        }
        let isThere = versions.contains { version in
            guard version.selectableFields.contains(text) else { return false }
            let field = found.elements.reduce(version.schema) { schema, element in
                guard case .member(let name) = element else { return nil }
                return schema?["properties"]?[name]
            }
            return ["string", "integer", "boolean"].contains(field?["type"]?.string)
        }
        guard !isThere else { return [] }
        let message = "is an invalid path: must point to a field of type string, boolean or integer in the schema"
        return [FieldIssue(path: path, value: .string(text), message: message)]
    }
}

extension Definition.Version {
    /// The version as upstream prints it in a message.
    fileprivate var summary: JSON {
        [
            "Name": .string(name), "Served": .bool(isServed), "Storage": .bool(isStored),
            "Deprecated": .bool(isDeprecated), "DeprecationWarning": deprecationWarning.map(JSON.string) ?? .null,
            "Schema": .null, "Subresources": .null, "AdditionalPrinterColumns": .null, "SelectableFields": .null,
        ]
    }
}
