// SPDX-License-Identifier: Apache-2.0

import CEL
package import JSONTree
package import Resources

/// The rules of a schema, compiled once, and the way to each of them.
package struct RuleTree: Sendable {
    /// Absent when the schema has no rules.
    let root: RuleNode?

    package init(_ schema: Schema) { root = RuleNode(schema) }
}

/// The rules at one place of a schema and below it.
final class RuleNode: Sendable {
    let rules: [CompiledRule]
    /// How the rules see the value; `dyn` where there are none.
    let shape: Shape
    let members: [(key: String, node: RuleNode)]
    /// Members that are not named.
    let values: RuleNode?
    let elements: RuleNode?
    let listType: Schema.ListType
    /// Whether a rule here or below compares with what the value replaces.
    let hasTransitions: Bool

    /// Absent when neither the schema nor anything below it has rules.
    init?(_ schema: Schema) {
        members = schema.properties.compactMap { property in
            RuleNode(property.schema).map { (property.name, $0) }
        }
        values = schema.additionalProperties.first.flatMap { RuleNode($0) }
        elements = schema.items.first.flatMap { RuleNode($0) }
        listType = schema.listType
        let shape = schema.rules.isEmpty ? .dyn : schema.shape ?? .dyn
        self.shape = shape
        rules = schema.rules.map { CompiledRule($0, shape) }
        let below = members.map(\.node) + [values, elements].compactMap(\.self)
        hasTransitions = rules.contains(where: \.isTransition) || below.contains(where: \.hasTransitions)
        if rules.isEmpty && below.isEmpty { return nil }
    }
}

// MARK: - What a definition may not say

extension Schema {
    /// What is wrong with the rules themselves, in upstream's words.
    ///
    /// - Parameter path: where the schema stands in its definition.
    package func ruleIssues(at path: String) -> [FieldIssue] { ruleIssues(at: path, uncorrelated: nil) }

    /// - Parameter uncorrelated: the list or map above whose parts nobody can tell apart over an update.
    private func ruleIssues(at path: String, uncorrelated: String?) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        for (index, rule) in rules.enumerated() {
            issues += self.issues(of: rule, at: "\(path).x-kubernetes-validations[\(index)]", uncorrelated)
        }
        let inside = uncorrelated ?? (isAtomicMap ? path : nil)
        for property in properties {
            issues += property.schema.ruleIssues(at: "\(path).properties[\(property.name)]", uncorrelated: inside)
        }
        for values in additionalProperties {
            issues += values.ruleIssues(at: "\(path).additionalProperties", uncorrelated: inside)
        }
        for item in items {
            let isKeyed = if case .map = listType { true } else { false }
            issues += item.ruleIssues(at: "\(path).items", uncorrelated: uncorrelated ?? (isKeyed ? nil : path))
        }
        return issues
    }

    private func issues(of rule: Rule, at path: String, _ uncorrelated: String?) -> [FieldIssue] {
        guard let shape else {
            return [FieldIssue(path: path, reason: .forbidden, message: "rules need a schema with a type")]
        }
        let compiled = CompiledRule(rule, shape)
        var issues = compiled.problems(on: self).map { member, issue in
            FieldIssue(path: "\(path).\(member)", reason: issue.reason, value: issue.value, message: issue.message)
        }
        if let uncorrelated, compiled.isTransition {
            let message = "oldSelf cannot be used on the uncorrelatable portion of the schema within \(uncorrelated)"
            issues.append(FieldIssue(path: "\(path).rule", value: .string(rule.rule), message: message))
        }
        return issues
    }
}

// MARK: - At a write

extension KindVersion {
    /// Every rule that does not hold; where the shape itself is wrong, a word that the rules were not looked at.
    package func ruleIssues(in object: JSON, replacing old: JSON?, after issues: [FieldIssue]) -> [FieldIssue] {
        let blocking: Set<FieldIssue.Reason> = [.required, .tooLong, .tooMany, .typeInvalid, .notSupported]
        guard issues.contains(where: { blocking.contains($0.reason) }) else {
            return rules.issues(in: object, replacing: old)
        }
        guard rules.root != nil else { return [] }
        let message =
            "some validation rules were not checked because the object was invalid; "
            + "correct the existing errors to complete validation"
        return [FieldIssue(path: "<nil>", value: .null, message: message)]
    }
}
