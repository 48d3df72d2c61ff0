// SPDX-License-Identifier: Apache-2.0

extension BinaryOperator {
    /// What it takes and gives.
    ///
    /// https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions
    var signatures: [Signature] {
        switch self {
        case .equal, .notEqual: Self.equality
        case .less, .lessOrEqual, .greater, .greaterOrEqual: Self.order
        case .contained: ["(A, list(A)) -> bool", "(A, map(A, B)) -> bool"]
        case .add: Self.sum
        case .subtract: Self.difference
        case .multiply, .divide: Self.scaling
        case .modulo: Self.remainder
        case .index: Self.element
        case .optionalIndex: Self.optionalElement
        }
    }

    private static let equality: [Signature] = ["(A, A) -> bool"]

    private static let order: [Signature] = [
        "(bool, bool) -> bool", "(int, int) -> bool", "(int, uint) -> bool", "(int, double) -> bool",
        "(uint, uint) -> bool", "(uint, int) -> bool", "(uint, double) -> bool", "(double, double) -> bool",
        "(double, int) -> bool", "(double, uint) -> bool", "(string, string) -> bool", "(bytes, bytes) -> bool",
        "(timestamp, timestamp) -> bool", "(duration, duration) -> bool",
    ]

    private static let sum: [Signature] = [
        "(int, int) -> int", "(uint, uint) -> uint", "(double, double) -> double", "(string, string) -> string",
        "(bytes, bytes) -> bytes", "(list(A), list(A)) -> list(A)", "(timestamp, duration) -> timestamp",
        "(duration, timestamp) -> timestamp", "(duration, duration) -> duration",
    ]

    private static let difference: [Signature] = [
        "(int, int) -> int", "(uint, uint) -> uint", "(double, double) -> double",
        "(timestamp, timestamp) -> duration", "(timestamp, duration) -> timestamp",
        "(duration, duration) -> duration",
    ]

    private static let scaling: [Signature] = [
        "(int, int) -> int", "(uint, uint) -> uint", "(double, double) -> double",
    ]

    private static let remainder: [Signature] = ["(int, int) -> int", "(uint, uint) -> uint"]

    private static let element: [Signature] = [
        "(list(A), int) -> A", "(map(A, B), A) -> B", "(optional(list(A)), int) -> optional(A)",
        "(optional(map(A, B)), A) -> optional(B)",
    ]

    private static let optionalElement: [Signature] = [
        "(list(A), int) -> optional(A)", "(map(A, B), A) -> optional(B)",
        "(optional(list(A)), int) -> optional(A)", "(optional(map(A, B)), A) -> optional(B)",
    ]
}

extension UnaryOperator {
    var signatures: [Signature] {
        switch self {
        case .not: ["(bool) -> bool"]
        case .negate: ["(int) -> int", "(double) -> double"]
        }
    }
}
