// SPDX-License-Identifier: Apache-2.0

/// Functions on texts; places and sizes count Unicode code points.
///
/// https://pkg.go.dev/github.com/google/cel-go/ext#Strings
enum StringLibrary {
    static let functions: [Function] = tests + pieces + changes

    private static let tests: [Function] = [
        .method("contains", "(string, string) -> bool") { (run, arguments) throws(EvaluationError) in
            let (text, part) = try texts(arguments)
            try run.spend(1 + text.utf8.count / 10 * (1 + part.utf8.count / 10))
            return .bool(Search.first(Array(part.utf8), in: Array(text.utf8)[...]) != nil)
        },
        .method("startsWith", "(string, string) -> bool") { (run, arguments) throws(EvaluationError) in
            let (text, part) = try texts(arguments)
            try run.spend(bytes: part.utf8.count)
            return .bool(text.utf8.starts(with: part.utf8))
        },
        .method("endsWith", "(string, string) -> bool") { (run, arguments) throws(EvaluationError) in
            let (text, part) = try texts(arguments)
            try run.spend(bytes: part.utf8.count)
            return .bool(text.utf8.reversed().starts(with: part.utf8.reversed()))
        },
    ]

    private static let pieces: [Function] = [
        .method("charAt", "(string, int) -> string") { (run, arguments) throws(EvaluationError) in
            let scalars = try scalars(arguments[0], &run)
            let index = try index(arguments[1], upTo: scalars.count)
            return .string(index < scalars.count ? String(scalars[index]) : "")
        },
        .method("substring", "(string, int) -> string", "(string, int, int) -> string") {
            (run, arguments) throws(EvaluationError) in
            let scalars = try scalars(arguments[0], &run)
            let start = try index(arguments[1], upTo: scalars.count)
            let end = try arguments.count > 2 ? index(arguments[2], upTo: scalars.count) : scalars.count
            guard start <= end else { throw EvaluationError("invalid substring range. start: \(start), end: \(end)") }
            return .string(text(scalars[start..<end]))
        },
        .method("indexOf", "(string, string) -> int", "(string, string, int) -> int", "(list(A), A) -> int") {
            (run, arguments) throws(EvaluationError) in
            if case .list(let list) = arguments[0] { return try ListLibrary.index(in: list, of: arguments[1], &run) }
            return try indexOf(&run, arguments)
        },
        .method("lastIndexOf", "(string, string) -> int", "(string, string, int) -> int", "(list(A), A) -> int") {
            (run, arguments) throws(EvaluationError) in
            if case .list(let list) = arguments[0] {
                return try ListLibrary.lastIndex(in: list, of: arguments[1], &run)
            }
            return try lastIndexOf(&run, arguments)
        },
        .method("split", "(string, string) -> list(string)", "(string, string, int) -> list(string)", body: split),
        .method("join", "(list(string)) -> string", "(list(string), string) -> string", body: join),
    ]

    private static let changes: [Function] = [
        .method("lowerAscii", "(string) -> string") { (run, arguments) throws(EvaluationError) in
            try .string(mapped(arguments[0], &run) { (0x41...0x5A).contains($0) ? $0 + 32 : $0 })
        },
        .method("upperAscii", "(string) -> string") { (run, arguments) throws(EvaluationError) in
            try .string(mapped(arguments[0], &run) { (0x61...0x7A).contains($0) ? $0 - 32 : $0 })
        },
        .method("trim", "(string) -> string") { (run, arguments) throws(EvaluationError) in
            let scalars = try scalars(arguments[0], &run)
            let start = scalars.drop { $0.properties.isWhitespace }
            let rest = start.reversed().drop { $0.properties.isWhitespace }.reversed()
            return .string(text(rest))
        },
        .method("reverse", "(string) -> string") { (run, arguments) throws(EvaluationError) in
            .string(text(try scalars(arguments[0], &run).reversed()))
        },
        .method(
            "replace", "(string, string, string) -> string", "(string, string, string, int) -> string", body: replace),
        .global("strings.quote", "(string) -> string") { (run, arguments) throws(EvaluationError) in
            let scalars = try scalars(arguments[0], &run)
            return .string("\"\(scalars.map(\.quoted).joined())\"")
        },
    ]

    // MARK: Arguments

    static func text(_ value: Value) throws(EvaluationError) -> String {
        guard case .string(let text) = value else { throw .noSuchOverload }
        return text
    }

    static func texts(_ arguments: [Value]) throws(EvaluationError) -> (String, String) {
        (try text(arguments[0]), try text(arguments[1]))
    }

    static func scalars(_ value: Value, _ run: inout Run) throws(EvaluationError) -> [Unicode.Scalar] {
        let text = try text(value)
        try run.spend(bytes: text.utf8.count)
        return Array(text.unicodeScalars)
    }

    static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    static func index(_ value: Value, upTo limit: Int) throws(EvaluationError) -> Int {
        guard case .int(let index) = value else { throw .noSuchOverload }
        guard index >= 0, index <= Int64(limit) else { throw EvaluationError("index out of range: \(index)") }
        return Int(index)
    }

    private static func mapped(
        _ value: Value, _ run: inout Run, _ change: (UInt8) -> UInt8
    ) throws(EvaluationError) -> String {
        let text = try text(value)
        try run.spend(bytes: text.utf8.count)
        return String(decoding: text.utf8.map(change), as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// As it stands in a quoted literal.
    fileprivate var quoted: String {
        switch self {
        case "\u{07}": "\\a"
        case "\u{08}": "\\b"
        case "\u{0C}": "\\f"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{0B}": "\\v"
        case "\\": "\\\\"
        case "\"": "\\\""
        default: String(self)
        }
    }
}
