// SPDX-License-Identifier: Apache-2.0

/// Functions on numbers. https://pkg.go.dev/github.com/google/cel-go/ext#Math
enum MathLibrary {
    static let functions: [Function] = [
        extreme("math.greatest", wanted: 1),
        extreme("math.least", wanted: -1),
        rounded("math.ceil", .up),
        rounded("math.floor", .down),
        rounded("math.round", .toNearestOrAwayFromZero),
        rounded("math.trunc", .towardZero),
        test("math.isNaN") { $0.isNaN },
        test("math.isInf") { $0.isInfinite },
        test("math.isFinite") { $0.isFinite },
        .global("math.abs", "(int) -> int", "(uint) -> uint", "(double) -> double") {
            (run, arguments) throws(EvaluationError) in
            switch arguments[0] {
            case .int(let value) where value < 0: try run.negated(arguments[0])
            case .double(let value): .double(value.magnitude)
            case .int, .uint: arguments[0]
            default: throw .noSuchOverload
            }
        },
        .global("math.sign", "(int) -> int", "(uint) -> uint", "(double) -> double") {
            (_, arguments) throws(EvaluationError) in
            switch arguments[0] {
            case .int(let value): .int(value.signum())
            case .uint(let value): .uint(value == 0 ? 0 : 1)
            case .double(let value): .double(value > 0 ? 1 : value < 0 ? -1 : value)
            default: throw .noSuchOverload
            }
        },
    ]

    /// The best of the arguments, or of the one list among them.
    private static func extreme(_ name: String, wanted: Int) -> Function {
        .global(name, "(list(A)) -> A", "(A, A...) -> A", "(int) -> int", "(uint) -> uint", "(double) -> double") {
            (run, arguments) throws(EvaluationError) in
            let isList = if arguments.count == 1, case .list = arguments[0] { true } else { false }
            let candidates = try isList ? Array(ListLibrary.list(arguments[0])) : arguments
            guard var best = candidates.first else { throw EvaluationError("\(name)(list) argument must not be empty") }
            for candidate in candidates {
                try run.spend(1)
                guard let order = Number.compare(candidate, best) else { throw .noSuchOverload }
                if order == wanted { best = candidate }
            }
            return best
        }
    }

    private static func rounded(_ name: String, _ rule: FloatingPointRoundingRule) -> Function {
        .global(name, "(double) -> double") { (_, arguments) throws(EvaluationError) in
            .double(try double(arguments[0]).rounded(rule))
        }
    }

    private static func test(_ name: String, _ test: @escaping @Sendable (Double) -> Bool) -> Function {
        .global(name, "(double) -> bool") { (_, arguments) throws(EvaluationError) in
            .bool(test(try double(arguments[0])))
        }
    }

    private static func double(_ value: Value) throws(EvaluationError) -> Double {
        guard case .double(let number) = value else { throw .noSuchOverload }
        return number
    }
}
