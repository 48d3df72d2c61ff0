// SPDX-License-Identifier: Apache-2.0

/// Kubernetes' functions on lists. https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library
///
/// `indexOf` and `lastIndexOf` stand with those of texts, whose names they share.
enum ListLibrary {
    static let functions: [Function] = [
        .method(
            "sum", "(list(int)) -> int", "(list(uint)) -> uint", "(list(double)) -> double",
            "(list(duration)) -> duration", body: sum),
        .method("min", "(list(A)) -> A") { (run, arguments) throws(EvaluationError) in
            try extreme(arguments[0], "min", wanted: -1, &run)
        },
        .method("max", "(list(A)) -> A") { (run, arguments) throws(EvaluationError) in
            try extreme(arguments[0], "max", wanted: 1, &run)
        },
        .method("isSorted", "(list(A)) -> bool") { (run, arguments) throws(EvaluationError) in
            let list = try list(arguments[0])
            for (left, right) in zip(list, list.dropFirst()) where try (run.compare(left, right) ?? 0) > 0 {
                return .bool(false)
            }
            return .bool(true)
        },
    ]

    static func list(_ value: Value) throws(EvaluationError) -> ListValue {
        guard case .list(let list) = value else { throw .noSuchOverload }
        return list
    }

    @Sendable private static func sum(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        let list = try list(arguments[0])
        guard var sum = list.first else { return .int(0) }
        for element in list.dropFirst() {
            try run.spend(1)
            sum = try Arithmetic.sum(sum, element)
        }
        return sum
    }

    private static func extreme(
        _ value: Value, _ name: String, wanted: Int, _ run: inout Run
    ) throws(EvaluationError) -> Value {
        let list = try list(value)
        guard var best = list.first else { throw EvaluationError("\(name) called on empty list") }
        for element in list.dropFirst() where try run.compare(element, best) == wanted { best = element }
        return best
    }

    static func index(in list: ListValue, of wanted: Value, _ run: inout Run) throws(EvaluationError) -> Value {
        for (index, element) in list.enumerated() where try run.areEqual(element, wanted) { return .int(Int64(index)) }
        return .int(-1)
    }

    static func lastIndex(in list: ListValue, of wanted: Value, _ run: inout Run) throws(EvaluationError) -> Value {
        for index in list.indices.reversed() where try run.areEqual(list[index], wanted) { return .int(Int64(index)) }
        return .int(-1)
    }
}
