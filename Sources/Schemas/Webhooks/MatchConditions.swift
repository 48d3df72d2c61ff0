// SPDX-License-Identifier: Apache-2.0

import CEL
package import JSONTree

/// Conditions in the Common Expression Language that a request must meet before a webhook is asked.
///
/// They read `object`, `oldObject` and `request`.
/// https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-matchconditions
package struct MatchConditions: Sendable {
    /// What conditions come to.
    package enum Outcome: Hashable, Sendable {
        case matches
        case excludes
        /// None says no, and at least one could not be decided; the reason as users may read it.
        case undecided(String)
    }

    private struct Condition: Sendable {
        let name: String
        let program: Result<Program, CompileError>
    }

    /// What all conditions of one webhook may cost together; upstream allows a quarter of what rules of objects cost.
    ///
    /// https://github.com/kubernetes/apiserver/blob/master/pkg/apis/cel/config.go
    static let budget: Int64 = 2_500_000
    private static let callLimit: Int64 = 1_000_000
    private static let variables = [
        Variable("object", .dyn), Variable("oldObject", .dyn), Variable("request", .dyn),
    ]

    private let conditions: [Condition]

    /// Compiles the elements of `matchConditions`; absent means none.
    package init(_ tree: JSON?) {
        conditions = (tree?.array ?? []).map { element in
            Condition(
                name: element["name"]?.string ?? "", program: Self.compiled(element["expression"]?.string ?? ""))
        }
    }

    private static func compiled(_ expression: String) -> Result<Program, CompileError> {
        do throws(CompileError) {
            return .success(try Program(expression, variables: variables))
        } catch {
            return .failure(error)
        }
    }

    package var isEmpty: Bool { conditions.isEmpty }

    /// Asks all of them; one that says no decides, whatever the others do.
    ///
    /// - Parameter request: the request of an `AdmissionReview`.
    package func outcome(object: JSON, old: JSON, request: JSON) -> Outcome {
        guard !conditions.isEmpty else { return .matches }
        let values = [object, old, request].map { Value($0, as: .dyn) }
        var budget = Self.budget
        var problem: String?
        for condition in conditions {
            switch Self.decide(condition, values, &budget) {
            case .success(true): continue
            case .success(false): return .excludes
            case .failure(let error): problem = problem ?? "\(condition.name): \(error.text)"
            }
        }
        return problem.map(Outcome.undecided) ?? .matches
    }

    private struct Problem: Error { let text: String }

    private static func decide(
        _ condition: Condition, _ values: [Value], _ budget: inout Int64
    ) -> Result<Bool, Problem> {
        guard case .success(let program) = condition.program else {
            return .failure(Problem(text: "the expression cannot be compiled"))
        }
        let outcome = program.run(values, limit: min(budget, callLimit))
        budget -= outcome.cost
        switch outcome.result {
        case .success(let value):
            guard let decision = value.bool else { return .failure(Problem(text: "the expression gives no bool")) }
            return .success(decision)
        case .failure(let error): return .failure(Problem(text: error.description))
        }
    }

    /// What is wrong with a condition's expression; absent for a good one.
    package static func problem(of expression: String) -> String? {
        switch compiled(expression) {
        case .failure(let error): "compilation failed: \(error.description)"
        case .success(let program) where program.type != .bool && program.type != .dyn:
            "must evaluate to bool but got \(program.type)"
        case .success: nil
        }
    }
}
