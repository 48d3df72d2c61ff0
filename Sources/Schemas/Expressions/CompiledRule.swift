// SPDX-License-Identifier: Apache-2.0

import CEL
import JSONTree
import Resources

/// A rule that is ready to run.
struct CompiledRule: Sendable {
    let rule: Schema.Rule
    /// The condition, or why there is none.
    let program: Result<Program, CompileError>
    /// What gives the message; absent without an expression, and when it is a bad one.
    let message: Program?
    /// What is below the value is to blame, as the end of a path: `.a[b]`.
    let place: String
    /// Whether it compares with what the value replaces.
    let isTransition: Bool

    var hasOptionalOld: Bool { rule.optionalOldSelf == true }

    init(_ rule: Schema.Rule, _ shape: Shape) {
        self.rule = rule
        let old = rule.optionalOldSelf == true ? ValueType.optional(shape.type) : shape.type
        let variables = [Variable("self", shape.type), Variable("oldSelf", old)]
        do throws(CompileError) {
            let program = try Program(rule.rule, variables: variables)
            self.program = .success(program)
            isTransition = program.reads.contains("oldSelf")
        } catch {
            program = .failure(error)
            isTransition = false
        }
        message = rule.messageExpression.isEmpty ? nil : try? Program(rule.messageExpression, variables: variables)
        place = BlamePath(rule.fieldPath)?.text ?? ""
    }

    // MARK: What a definition may not say

    /// What is wrong with the rule itself, each with the member that is to blame.
    func problems(on schema: Schema) -> [(member: String, issue: FieldIssue)] {
        guard !rule.rule.trimmed.isEmpty else {
            return [("rule", FieldIssue(path: "", reason: .required, message: "rule is not specified"))]
        }
        return conditionProblems + messageProblems + blameProblems(on: schema)
    }

    private func invalid(_ message: String, value: JSON? = nil) -> FieldIssue {
        FieldIssue(path: "", value: value ?? rule.summary, message: message)
    }

    private var conditionProblems: [(member: String, issue: FieldIssue)] {
        switch program {
        case .failure(let error): return [("rule", invalid("compilation failed: \(error.description)"))]
        case .success(let program) where program.type != .bool && program.type != .dyn:
            return [("rule", invalid("compilation failed: cel expression must evaluate to a bool"))]
        case .success:
            guard let isOptional = rule.optionalOldSelf, !isTransition else { return [] }
            let message = "may not be set if oldSelf is not used in rule"
            return [("optionalOldSelf", invalid(message, value: .bool(isOptional)))]
        }
    }

    private var messageProblems: [(member: String, issue: FieldIssue)] {
        var problems: [(member: String, issue: FieldIssue)] = []
        func required(_ member: String, _ message: String) {
            problems.append((member, FieldIssue(path: "", reason: .required, message: message)))
        }
        if rule.message.isEmpty {
            if rule.rule.trimmed.contains("\n") {
                required("message", "message must be specified if rule contains line breaks")
            }
        } else if rule.message.trimmed.isEmpty {
            required("message", "message must be non-empty if specified")
        } else if rule.message.trimmed.contains("\n") {
            let message = "message must not contain line breaks"
            problems.append(("message", invalid(message, value: .string(rule.message))))
        }
        guard !rule.messageExpression.isEmpty else { return problems }
        if rule.messageExpression.trimmed.isEmpty {
            required("messageExpression", "messageExpression must be non-empty if specified")
        } else if let problem = messageExpressionProblem {
            problems.append(("messageExpression", invalid(problem)))
        }
        return problems
    }

    private var messageExpressionProblem: String? {
        guard let message else { return "messageExpression compilation failed" }
        return message.type == .string || message.type == .dyn ? nil : "messageExpression must evaluate to a string"
    }

    private func blameProblems(on schema: Schema) -> [(member: String, issue: FieldIssue)] {
        var problems: [(member: String, issue: FieldIssue)] = []
        if let reason = rule.reason, !Schema.Rule.reasons.contains(reason) {
            let words = String.supported(Schema.Rule.reasons.map(\.text))
            problems.append(
                ("reason", FieldIssue(path: "", reason: .notSupported, value: .string(reason.text), message: words)))
        }
        if !rule.fieldPath.isEmpty, BlamePath(rule.fieldPath)?.leads(into: schema) != true {
            let message = "does not refer to a valid field"
            problems.append(("fieldPath", invalid(message, value: .string(rule.fieldPath))))
        }
        return problems
    }
}

extension String {
    /// Without blanks and line ends around it.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
