// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources

extension Schema {
    /// A condition on a value, written in the Common Expression Language (`x-kubernetes-validations`).
    ///
    /// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
    package struct Rule: Hashable, Sendable {
        /// True for a good value: `self` is the value, `oldSelf` what it replaces.
        package var rule: String
        /// Said when it is false; empty for a message that repeats the rule.
        package var message = ""
        /// An expression that gives the message; empty for none.
        package var messageExpression = ""
        /// What sort of wrong it is; absent for `FieldValueInvalid`.
        package var reason: FieldIssue.Reason?
        /// The field below the value that is to blame, as `.a.b`; empty for the value itself.
        package var fieldPath = ""
        /// Whether `oldSelf` is an optional, and the rule also holds for values that replace nothing.
        package var optionalOldSelf: Bool?

        package init(_ rule: String, message: String = "") {
            self.rule = rule
            self.message = message
        }

        /// A field that cannot change; it must be a required one, because it could vanish and come back otherwise.
        ///
        /// - Parameter remedy: what to do for another value.
        package static func immutable(_ remedy: String = "create another object") -> Rule {
            Rule("self == oldSelf", message: "is immutable; \(remedy)")
        }
    }

    /// The schema with one more rule.
    package func with(_ rule: Rule) -> Schema {
        var schema = self
        schema.rules.append(rule)
        return schema
    }
}

// MARK: - As a definition writes it

extension Schema.Rule {
    /// Reads a rule; what is missing or of the wrong type is left empty.
    package init(openAPI tree: JSON) {
        self.init(tree["rule"]?.string ?? "", message: tree["message"]?.string ?? "")
        messageExpression = tree["messageExpression"]?.string ?? ""
        reason = tree["reason"]?.string.map(FieldIssue.Reason.init)
        fieldPath = tree["fieldPath"]?.string ?? ""
        optionalOldSelf = tree["optionalOldSelf"]?.bool
    }

    /// The rule as OpenAPI has it.
    var openAPI: JSON {
        var tree: JSON = ["rule": .string(rule)]
        if !message.isEmpty { tree["message"] = .string(message) }
        if !messageExpression.isEmpty { tree["messageExpression"] = .string(messageExpression) }
        tree["reason"] = reason.map { .string($0.text) }
        if !fieldPath.isEmpty { tree["fieldPath"] = .string(fieldPath) }
        tree["optionalOldSelf"] = optionalOldSelf.map(JSON.bool)
        return tree
    }

    /// The rule as upstream prints it in a message about it.
    var summary: JSON {
        [
            "Rule": .string(rule), "Message": .string(message), "MessageExpression": .string(messageExpression),
            "Reason": reason.map { .string($0.text) } ?? .null, "FieldPath": .string(fieldPath),
            "OptionalOldSelf": optionalOldSelf.map(JSON.bool) ?? .null,
        ]
    }

    /// Reasons that a rule may give.
    static let reasons: [FieldIssue.Reason] = [.invalid, .forbidden, .required, .duplicate]
}
