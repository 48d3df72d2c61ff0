// SPDX-License-Identifier: Apache-2.0

import Patterns

/// Regular expressions, matched in linear time.
///
/// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library
enum RegexLibrary {
    static let functions: [Function] = [
        .method("matches", "(string, string) -> bool", body: matches),
        .global("matches", "(string, string) -> bool", body: matches),
        .method("find", "(string, string) -> string") { (run, arguments) throws(EvaluationError) in
            try found(&run, arguments, limit: 1).first ?? .string("")
        },
        .method("findAll", "(string, string) -> list(string)", "(string, string, int) -> list(string)") {
            (run, arguments) throws(EvaluationError) in
            guard arguments.count > 2 else { return .list(try found(&run, arguments, limit: .max)) }
            guard case .int(let limit) = arguments[2] else { throw .noSuchOverload }
            return .list(try found(&run, arguments, limit: limit < 0 ? .max : Int(limit)))
        },
    ]

    /// A unit for each ten bytes of text and four of pattern, as upstream counts.
    private static func pattern(
        _ arguments: [Value], _ run: inout Run
    ) throws(EvaluationError) -> (text: String, pattern: Pattern) {
        let (text, source) = try StringLibrary.texts(arguments)
        try run.spend((1 + text.utf8.count / 10) * (1 + source.utf8.count / 4))
        guard let pattern = Pattern.compiled(source) else {
            throw EvaluationError("error parsing regexp: \(source)")
        }
        return (text, pattern)
    }

    @Sendable private static func matches(
        _ run: inout Run, _ arguments: [Value]
    ) throws(EvaluationError) -> Value {
        let (text, pattern) = try pattern(arguments, &run)
        return .bool(pattern.matches(text))
    }

    /// Matches from left to right that do not overlap; an empty one beside another does not count.
    private static func found(
        _ run: inout Run, _ arguments: [Value], limit: Int
    ) throws(EvaluationError) -> [Value] {
        let (text, pattern) = try pattern(arguments, &run)
        let scalars = Array(text.unicodeScalars)
        let weight = 1 + pattern.source.utf8.count / 4
        var result: [Value] = []
        var position = 0
        var end = -1
        while result.count < limit, position <= scalars.count {
            var examined = 0
            let match = pattern.firstMatch(in: scalars, from: position, examined: &examined)
            try run.spend(1 + examined / 10 * weight)
            guard let range = match?.range else { break }
            if !range.isEmpty || range.lowerBound != end {
                result.append(.string(StringLibrary.text(scalars[range])))
            }
            end = range.upperBound
            position = range.isEmpty ? end + 1 : end
        }
        return result
    }
}
