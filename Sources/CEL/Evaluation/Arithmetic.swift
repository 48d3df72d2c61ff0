// SPDX-License-Identifier: Apache-2.0

/// Operators on numbers and times; nothing wraps around.
enum Arithmetic {
    static func sum(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            return .int(try exact(left.addingReportingOverflow(right), or: .integerOverflow))
        case (.uint(let left), .uint(let right)):
            return .uint(try exact(left.addingReportingOverflow(right), or: .unsignedOverflow))
        case (.double(let left), .double(let right)): return .double(left + right)
        case (.duration(let left), .duration(let right)):
            return .duration(nanoseconds: try exact(left.addingReportingOverflow(right), or: .durationOverflow))
        case (.timestamp(let time), .duration(let duration)), (.duration(let duration), .timestamp(let time)):
            guard let later = time.advanced(byNanoseconds: duration) else { throw .timestampOverflow }
            return .timestamp(later)
        default: throw .noSuchOverload
        }
    }

    static func difference(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            return .int(try exact(left.subtractingReportingOverflow(right), or: .integerOverflow))
        case (.uint(let left), .uint(let right)):
            return .uint(try exact(left.subtractingReportingOverflow(right), or: .unsignedOverflow))
        case (.double(let left), .double(let right)): return .double(left - right)
        case (.duration(let left), .duration(let right)):
            return .duration(nanoseconds: try exact(left.subtractingReportingOverflow(right), or: .durationOverflow))
        case (.timestamp(let left), .timestamp(let right)):
            guard let duration = left.nanoseconds(since: right) else { throw .durationOverflow }
            return .duration(nanoseconds: duration)
        case (.timestamp(let time), .duration(let duration)):
            guard duration != .min, let earlier = time.advanced(byNanoseconds: -duration) else {
                throw .timestampOverflow
            }
            return .timestamp(earlier)
        default: throw .noSuchOverload
        }
    }

    static func scaled(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            return .int(try whole(operation, left, right, overflow: .integerOverflow))
        case (.uint(let left), .uint(let right)):
            return .uint(try whole(operation, left, right, overflow: .unsignedOverflow))
        case (.double(let left), .double(let right)) where operation != .modulo:
            return .double(operation == .multiply ? left * right : left / right)
        default: throw .noSuchOverload
        }
    }

    private static func whole<Number: FixedWidthInteger>(
        _ operation: BinaryOperator, _ left: Number, _ right: Number, overflow: EvaluationError
    ) throws(EvaluationError) -> Number {
        if operation == .multiply { return try exact(left.multipliedReportingOverflow(by: right), or: overflow) }
        if right == 0 { throw operation == .divide ? .divisionByZero : .modulusByZero }
        return try exact(
            operation == .divide
                ? left.dividedReportingOverflow(by: right) : left.remainderReportingOverflow(dividingBy: right),
            or: overflow)
    }

    private static func exact<Number>(
        _ result: (partialValue: Number, overflow: Bool), or error: EvaluationError
    ) throws(EvaluationError) -> Number {
        if result.overflow { throw error }
        return result.partialValue
    }
}
