// SPDX-License-Identifier: Apache-2.0

/// Why an expression gave no value.
package struct EvaluationError: Error, Hashable, CustomStringConvertible {
    /// What callers tell apart.
    package enum Reason: Hashable, Sendable {
        /// An operator or function met values that it does not take; only untyped fields come this far.
        case noSuchOverload
        /// The expression cost more than its caller allowed.
        case costLimit
        /// A missing key, an overflow, a division by zero, a text that could not be read.
        case value
    }

    package let reason: Reason
    /// As upstream words it: `no such key: a`.
    package let description: String

    init(_ description: String, reason: Reason = .value) {
        self.reason = reason
        self.description = description
    }

    static let noSuchOverload = EvaluationError("no such overload", reason: .noSuchOverload)
    static let costLimit = EvaluationError("operation cancelled: actual cost limit exceeded", reason: .costLimit)
    static let integerOverflow = EvaluationError("integer overflow")
    static let unsignedOverflow = EvaluationError("unsigned integer overflow")
    static let durationOverflow = EvaluationError("duration overflow")
    static let timestampOverflow = EvaluationError("timestamp overflow")
    static let divisionByZero = EvaluationError("division by zero")
    static let modulusByZero = EvaluationError("modulus by zero")

    static func noSuchKey(_ key: String) -> EvaluationError { EvaluationError("no such key: \(key)") }
    static func indexOutOfBounds(_ index: Int64) -> EvaluationError {
        EvaluationError("index out of bounds: \(index)")
    }
}
