// SPDX-License-Identifier: Apache-2.0

import Patterns

/// Regular expressions, matched in linear time.
///
/// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library
enum RegexLibrary {
    static let functions: [Function] = [
        .method("matches", "(string, string) -> bool", body: matches),
        .global("matches", "(string, string) -> bool", body: matches),
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
}
