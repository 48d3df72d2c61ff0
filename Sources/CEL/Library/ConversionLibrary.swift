// SPDX-License-Identifier: Apache-2.0

/// From one type to another, the size of things, and the type itself.
///
/// https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions
enum ConversionLibrary {
    static let functions: [Function] = [
        .global("dyn", "(A) -> dyn") { (_, arguments) throws(EvaluationError) in arguments[0] },
        .global("type", "(A) -> type") { (_, arguments) throws(EvaluationError) in .type(arguments[0].type) },
        .global(
            "int", "(int) -> int", "(uint) -> int", "(double) -> int", "(string) -> int", "(timestamp) -> int",
            "(duration) -> int", body: int),
        .global("uint", "(uint) -> uint", "(int) -> uint", "(double) -> uint", "(string) -> uint", body: uint),
        .global(
            "double", "(double) -> double", "(int) -> double", "(uint) -> double", "(string) -> double", body: double),
        .global("bool", "(bool) -> bool", "(string) -> bool", body: bool),
        .global(
            "string", "(string) -> string", "(bool) -> string", "(int) -> string", "(uint) -> string",
            "(double) -> string", "(bytes) -> string", "(timestamp) -> string", "(duration) -> string",
            "(net.IP) -> string", "(net.CIDR) -> string", body: string),
        .global("bytes", "(bytes) -> bytes", "(string) -> bytes", body: bytes),
        .global("size", "(string) -> int", "(bytes) -> int", "(list(A)) -> int", "(map(A, B)) -> int", body: size),
        .method("size", "(string) -> int", "(bytes) -> int", "(list(A)) -> int", "(map(A, B)) -> int", body: size),
    ]

    private static func failed(_ wanted: String) -> EvaluationError {
        EvaluationError("type conversion error to '\(wanted)'")
    }

    @Sendable private static func int(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        let result: Int64?
        switch arguments[0] {
        case .int(let value): result = value
        case .uint(let value): result = Int64(exactly: value)
        case .double(let value): result = Int64(exactly: value.rounded(.towardZero))
        case .timestamp(let value): result = value.seconds
        case .duration(let value): result = value
        case .string(let text):
            guard let value = Int64(text) else { throw failed("int") }
            result = value
        default: throw .noSuchOverload
        }
        guard let result else { throw .integerOverflow }
        return .int(result)
    }

    @Sendable private static func uint(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        let result: UInt64?
        switch arguments[0] {
        case .uint(let value): result = value
        case .int(let value): result = UInt64(exactly: value)
        case .double(let value): result = UInt64(exactly: value.rounded(.towardZero))
        case .string(let text):
            guard let value = UInt64(text) else { throw failed("uint") }
            result = value
        default: throw .noSuchOverload
        }
        guard let result else { throw .unsignedOverflow }
        return .uint(result)
    }

    @Sendable private static func double(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        switch arguments[0] {
        case .double: return arguments[0]
        case .int(let value): return .double(Double(value))
        case .uint(let value): return .double(Double(value))
        case .string(let text):
            guard let value = Double(text) else { throw failed("double") }
            return .double(value)
        default: throw .noSuchOverload
        }
    }

    @Sendable private static func bool(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        switch arguments[0] {
        case .bool: return arguments[0]
        case .string(let text):
            switch text {
            case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
            default: throw failed("bool")
            }
        default: throw .noSuchOverload
        }
    }

    @Sendable private static func string(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        if case .bytes(let bytes) = arguments[0] {
            try run.spend(bytes: bytes.count)
            guard let text = TextForm.text(of: arguments[0]) else { throw EvaluationError("invalid UTF-8 in bytes") }
            return .string(text)
        }
        guard let text = TextForm.text(of: arguments[0]) else { throw .noSuchOverload }
        return .string(text)
    }

    @Sendable private static func bytes(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        switch arguments[0] {
        case .bytes: return arguments[0]
        case .string(let text):
            try run.spend(bytes: text.utf8.count)
            return .bytes(Array(text.utf8))
        default: throw .noSuchOverload
        }
    }

    @Sendable private static func size(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        switch arguments[0] {
        case .string(let text):
            try run.spend(text.utf8.count / 10)
            return .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): return .int(Int64(bytes.count))
        case .list(let list): return .int(Int64(list.count))
        case .map(let map): return .int(Int64(map.count))
        default: throw .noSuchOverload
        }
    }
}
