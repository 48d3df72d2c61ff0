// SPDX-License-Identifier: Apache-2.0

/// A name that an expression may read, with its type.
package struct Variable: Sendable {
    package var name: String
    package var type: ValueType

    package init(_ name: String, _ type: ValueType) {
        self.name = name
        self.type = type
    }
}

/// An expression of the Common Expression Language, checked and ready to run any number of times.
///
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md
package struct Program: Sendable {
    package let source: String
    /// What it gives.
    package let type: ValueType
    /// The declared variables that it reads.
    package let reads: Set<String>
    private let variables: Int
    private let places: Int
    private let node: Node

    /// Compiles a text; its variables have the order in which values will be given.
    package init(_ source: String, variables: [Variable]) throws(CompileError) {
        do throws(SyntaxError) {
            let expression = try Parser.parse(source)
            var checker = Checker(variables)
            let checked = try checker.check(expression)
            self.source = source
            node = checked.node
            type = checked.type
            reads = checker.used
            places = checker.places
            self.variables = variables.count
        } catch {
            throw CompileError([error], in: source)
        }
    }

    /// What came out, and what it cost.
    package struct Outcome: Sendable {
        package let result: Result<Value, EvaluationError>
        /// Units of work, comparable with upstream's.
        ///
        /// https://kubernetes.io/docs/reference/using-api/cel/#resource-constraints
        package let cost: Int64
    }

    /// Runs with a value for each variable, stopping when it costs more than a limit.
    package func run(_ values: [Value], limit: Int64) -> Outcome {
        precondition(values.count == variables, "an expression needs a value for each of its variables")
        var run = Run(variables: values, places: places, budget: limit)
        do throws(EvaluationError) {
            let value = try run.value(of: node)
            return Outcome(result: .success(value), cost: limit - run.budget)
        } catch {
            return Outcome(result: .failure(error), cost: limit - run.budget)
        }
    }
}
