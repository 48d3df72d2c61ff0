// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Values that may be absent. https://pkg.go.dev/github.com/google/cel-go/cel#OptionalTypes
enum OptionalLibrary {
    static let functions: [Function] = [
        .global("optional.of", "(A) -> optional(A)") { (_, arguments) throws(EvaluationError) in
            .optional(arguments[0])
        },
        .global("optional.none", "() -> optional(A)") { (_, _) throws(EvaluationError) in .optional(nil) },
        .global("optional.ofNonZeroValue", "(A) -> optional(A)") { (_, arguments) throws(EvaluationError) in
            .optional(arguments[0].isZero ? nil : arguments[0])
        },
        .method("hasValue", "(optional(A)) -> bool") { (_, arguments) throws(EvaluationError) in
            .bool(try content(arguments[0]) != nil)
        },
        .method("value", "(optional(A)) -> A") { (_, arguments) throws(EvaluationError) in
            guard let value = try content(arguments[0]) else { throw EvaluationError("optional.none() dereference") }
            return value
        },
        .method("orValue", "(optional(A), A) -> A") { (_, arguments) throws(EvaluationError) in
            try content(arguments[0]) ?? arguments[1]
        },
        .method("or", "(optional(A), optional(A)) -> optional(A)") { (_, arguments) throws(EvaluationError) in
            try content(arguments[0]) == nil ? arguments[1] : arguments[0]
        },
    ]

    private static func content(_ value: Value) throws(EvaluationError) -> Value? {
        guard case .optional(let content) = value else { throw .noSuchOverload }
        return content
    }
}

extension Value {
    /// Whether it is what its type has before anything is said.
    fileprivate var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        case .list(let list): list.isEmpty
        case .map(let map): map.count == 0
        case .object(let members, _): members.isEmpty
        case .duration(let nanoseconds): nanoseconds == 0
        case .timestamp(let time): time.seconds == 0 && time.nanoseconds == 0
        case .optional(let content): content == nil
        case .type, .extended: false
        }
    }
}
