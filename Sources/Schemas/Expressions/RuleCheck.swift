// SPDX-License-Identifier: Apache-2.0

import CEL
package import JSONTree
package import Resources

extension RuleTree {
    /// What an object may cost in all, and one rule of it; upstream allows the same.
    ///
    /// https://github.com/kubernetes/apiserver/blob/master/pkg/apis/cel/config.go
    static let objectBudget: Int64 = 10_000_000
    static let callLimit: Int64 = 1_000_000

    /// Every rule that does not hold, in the order of the schema.
    ///
    /// The object must have the schema's shape. On an update, a value that did not change is not held against a rule
    /// that only looks at it; a rule that compares runs where old and new value can be told to be the same.
    /// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-ratcheting
    ///
    /// - Parameter old: what the object replaces; absent on creation.
    package func issues(in object: JSON, replacing old: JSON?) -> [FieldIssue] {
        guard let root else { return [] }
        var check = RuleCheck()
        check.check(object, replacing: old, isUnchanged: false, root)
        return check.issues
    }
}

/// One walk that runs rules until they cost too much.
private struct RuleCheck {
    private(set) var issues: [FieldIssue] = []
    private var path = FieldPath()
    private var budget = RuleTree.objectBudget
    private var isOver = false

    /// - Parameter isUnchanged: whether a value above was found to be what it replaces.
    mutating func check(_ value: JSON, replacing old: JSON?, isUnchanged: Bool, _ node: RuleNode) {
        guard !isOver, !value.isNull else { return }
        let old = old.flatMap { $0.isNull ? nil : $0 }
        let isUnchanged = isUnchanged || old == value
        // Below an equal value all is equal, and only rules that compare still have a say.
        if isUnchanged && !node.hasTransitions { return }
        for rule in node.rules where rule.isTransition || !isUnchanged {
            run(rule, on: value, replacing: old, node.shape)
            // An object with more issues is garbage.
            isOver = isOver || issues.count >= SchemaCheck.limit
            if isOver { return }
        }
        switch value {
        case .object(let members): check(members, replacing: old?.object, isUnchanged, node)
        case .array(let elements): check(elements, replacing: old?.array, isUnchanged, node)
        default: break
        }
    }

    private mutating func check(
        _ members: JSONObject, replacing old: JSONObject?, _ isUnchanged: Bool, _ node: RuleNode
    ) {
        for (key, below) in node.members {
            guard let value = members[key] else { continue }
            path.push(key)
            check(value, replacing: old?[key], isUnchanged: isUnchanged, below)
            path.pop()
        }
        guard let values = node.values else { return }
        for member in members.members {
            path.push(key: member.key)
            check(member.value, replacing: old?[member.key], isUnchanged: isUnchanged, values)
            path.pop()
        }
    }

    private mutating func check(_ elements: [JSON], replacing old: [JSON]?, _ isUnchanged: Bool, _ node: RuleNode) {
        guard let below = node.elements else { return }
        var partners: [[JSON?]: JSON] = [:]
        if case .map = node.listType {
            for element in old ?? [] {
                if let key = node.listType.key(of: element) { partners[key] = element }
            }
        }
        for (index, element) in elements.enumerated() {
            path.push(index)
            let partner = partners.isEmpty ? nil : node.listType.key(of: element).flatMap { partners[$0] }
            check(element, replacing: partner, isUnchanged: isUnchanged, below)
            path.pop()
        }
    }

    // MARK: One rule

    private mutating func run(_ rule: CompiledRule, on value: JSON, replacing old: JSON?, _ shape: Shape) {
        guard case .success(let program) = rule.program else {
            return report("rule compile error: \(rule.rule.rule)")
        }
        let oldValue = old.map { Value($0, as: shape) }
        if rule.isTransition && !rule.hasOptionalOld && oldValue == nil { return }
        let values = [Value(value, as: shape), rule.hasOptionalOld ? .optional(oldValue) : oldValue ?? .null]
        let outcome = program.run(values, limit: RuleTree.callLimit)
        budget -= outcome.cost
        switch outcome.result {
        case .success(.bool(true)): break
        case .success: reportBroken(rule, values)
        case .failure(let error): report(error, of: rule)
        }
        guard budget < 0, !isOver else { return }
        isOver = true
        report("validation failed due to running out of cost budget, no further validation rules will be run")
    }

    private mutating func reportBroken(_ rule: CompiledRule, _ values: [Value]) {
        let message = message(of: rule, values) ?? rule.plainMessage
        let root = path.text
        let place = rule.place.isEmpty ? (root.isEmpty ? "<nil>" : root) : "\(root)\(rule.place)"
        let start = place.hasPrefix(".") ? String(place.dropFirst()) : place
        issues.append(FieldIssue(path: start, reason: rule.rule.reason ?? .invalid, message: message))
    }

    /// What the rule's expression says; absent when it says nothing that can stand in one line.
    private mutating func message(of rule: CompiledRule, _ values: [Value]) -> String? {
        guard let program = rule.message else { return nil }
        let outcome = program.run(values, limit: RuleTree.callLimit)
        budget -= outcome.cost
        guard case .success(let value) = outcome.result, let text = value.string?.trimmed else { return nil }
        return text.isEmpty || text.utf8.count > 5120 || text.contains("\n") ? nil : text
    }

    private mutating func report(_ error: EvaluationError, of rule: CompiledRule) {
        switch error.reason {
        case .noSuchOverload:
            let hint = "call arguments did not match a supported operator, function or macro signature for rule"
            report("'\(error)': \(hint): \(rule.name)")
        case .costLimit:
            isOver = true
            let hint = "no further validation rules will be run due to call cost exceeds limit for rule"
            report("'\(error)': \(hint): \(rule.name)")
        case .value: report("\(error) evaluating rule: \(rule.name)")
        }
    }

    private mutating func report(_ message: String) {
        let place = path.text
        issues.append(FieldIssue(path: place.isEmpty ? "<nil>" : place, message: message))
    }
}

extension CompiledRule {
    /// What is said of a rule that could not be decided.
    fileprivate var name: String { rule.message.isEmpty ? rule.rule.trimmed : rule.message.trimmed }

    /// What is said of a rule that does not hold.
    fileprivate var plainMessage: String {
        rule.message.isEmpty ? "failed rule: \(rule.rule.trimmed)" : rule.message.trimmed
    }
}
