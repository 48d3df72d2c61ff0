// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Patterns
import Resources

extension Schema {
    /// Why the schema is not structural, a sentence for each reason, with the place in the schema; empty when it is.
    ///
    /// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
    package var structuralProblems: [String] {
        var problems: [String] = []
        collectStructuralProblems(at: FieldPath(), into: &problems)
        return problems + ruleIssues(at: "the object").map(\.text)
    }

    private func collectStructuralProblems(at path: FieldPath, into problems: inout [String]) {
        let place = path.text.isEmpty ? "the object" : path.text
        for problem in shapeProblems + valueProblems + listTypeProblems { problems.append("\(place): \(problem)") }
        for (name, child) in children {
            var path = path
            path.push(name)
            child.collectStructuralProblems(at: path, into: &problems)
        }
    }

    private var children: [(String, Schema)] {
        properties.map { ($0.name, $0.schema) } + items.map { ("items", $0) }
            + additionalProperties.map { ("additionalProperties", $0) }
    }

    private var shapeProblems: [String] {
        var problems: [String] = []
        let isObject = form == .object
        let namesMembers = !properties.isEmpty || !required.isEmpty || !additionalProperties.isEmpty
        if namesMembers || preservesUnknownFields || isEmbeddedResource, !isObject {
            problems.append("only an object has members")
        }
        if items.count != (form == .array ? 1 : 0) { problems.append("a list needs exactly one schema of its items") }
        if !properties.isEmpty, !additionalProperties.isEmpty {
            problems.append("properties and additionalProperties exclude each other")
        }
        if additionalProperties.count > 1 { problems.append("at most one schema of additional members is allowed") }
        let names = namedMembers.map(\.name)
        problems += properties.map(\.name).repeated.map { "the property \($0) is there twice" }
        problems += required.filter { !names.contains($0) }.map { "\($0) is required but no property" }
        return problems
    }

    private var valueProblems: [String] {
        var problems: [String] = []
        if let pattern {
            do { _ = try Pattern(pattern) } catch { problems.append("pattern: \(error.description)") }
        }
        if let minLength, let maxLength, minLength > maxLength { problems.append("minLength is above maxLength") }
        if let minItems, let maxItems, minItems > maxItems { problems.append("minItems is above maxItems") }
        if let minimum, let maximum, minimum > maximum { problems.append("minimum is above maximum") }
        if let defaultValue {
            var plain = self
            plain.defaultValue = nil
            problems += plain.issues(in: defaulted(defaultValue)).map { "default: \($0.text)" }
        }
        for value in allowed {
            var plain = self
            plain.allowed = []
            problems += plain.issues(in: value).map { "enum: \(value.text): \($0.text)" }
        }
        return problems
    }

    private var listTypeProblems: [String] {
        switch listType {
        case .unspecified, .atomic: return []
        case .set:
            let isScalar = items.first.map { [.string, .integer, .number, .boolean].contains($0.form) } ?? false
            return isScalar ? [] : ["only a list of scalars is a set"]
        case .map(let keys):
            guard let item = items.first, item.form == .object, !keys.isEmpty else {
                return ["only a list of objects is a map, and it needs keys"]
            }
            let unsure = keys.filter { key in
                let isThere = item.required.contains(key) || item.member(key)?.defaultValue != nil
                return item.member(key) == nil || !isThere
            }
            return unsure.map { "the list's key \($0) must be a property that is required or has a default" }
        }
    }
}

extension [String] {
    /// Those that stand there more than once, each once.
    var repeated: [String] {
        var counts: [String: Int] = [:]
        for word in self { counts[word, default: 0] += 1 }
        return counts.filter { $0.value > 1 }.keys.sorted()
    }
}
