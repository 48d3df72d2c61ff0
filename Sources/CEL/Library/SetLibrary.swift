// SPDX-License-Identifier: Apache-2.0

/// Lists taken as sets. https://pkg.go.dev/github.com/google/cel-go/ext#Sets
enum SetLibrary {
    static let functions: [Function] = [
        .global("sets.contains", "(list(A), list(A)) -> bool") { (run, arguments) throws(EvaluationError) in
            let (left, right) = try lists(arguments)
            return .bool(try run.contains(left, allOf: right))
        },
        .global("sets.equivalent", "(list(A), list(A)) -> bool") { (run, arguments) throws(EvaluationError) in
            let (left, right) = try lists(arguments)
            guard try run.contains(left, allOf: right) else { return .bool(false) }
            return .bool(try run.contains(right, allOf: left))
        },
        .global("sets.intersects", "(list(A), list(A)) -> bool") { (run, arguments) throws(EvaluationError) in
            let (left, right) = try lists(arguments)
            for element in right where try run.place(of: element, in: left, .set) != nil { return .bool(true) }
            return .bool(false)
        },
    ]

    private static func lists(_ arguments: [Value]) throws(EvaluationError) -> ([Value], [Value]) {
        (Array(try ListLibrary.list(arguments[0])), Array(try ListLibrary.list(arguments[1])))
    }
}

extension Run {
    fileprivate mutating func contains(_ set: [Value], allOf elements: [Value]) throws(EvaluationError) -> Bool {
        for element in elements where try place(of: element, in: set, .set) == nil { return false }
        return true
    }
}
