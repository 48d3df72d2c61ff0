// SPDX-License-Identifier: Apache-2.0

/// Finds one sequence in another.
enum Search {
    /// Where the part first begins at or after the start of the slice; quadratic only in name: its cost is counted.
    static func first<Element: Equatable>(_ part: [Element], in text: ArraySlice<Element>) -> Int? {
        guard let head = part.first else { return text.startIndex }
        guard text.count >= part.count else { return nil }
        var position = text.startIndex
        let last = text.endIndex - part.count
        while position <= last {
            if text[position] == head, text[position..<(position + part.count)].elementsEqual(part) { return position }
            position += 1
        }
        return nil
    }
}

extension StringLibrary {
    @Sendable static func indexOf(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        let scalars = try scalars(arguments[0], &run)
        let part = try self.scalars(arguments[1], &run)
        try run.spend(scalars.count / 10 * (part.count / 10))
        let start = try arguments.count > 2 ? index(arguments[2], upTo: .max) : 0
        if part.isEmpty { return .int(Int64(min(start, scalars.count))) }
        guard start <= scalars.count else { throw EvaluationError("index out of range: \(start)") }
        return .int(Int64(Search.first(part, in: scalars[start...]) ?? -1))
    }

    @Sendable static func lastIndexOf(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        let scalars = try scalars(arguments[0], &run)
        let part = try self.scalars(arguments[1], &run)
        try run.spend(scalars.count / 10 * (part.count / 10))
        let start = try arguments.count > 2 ? index(arguments[2], upTo: scalars.count) : scalars.count
        let end = min(scalars.count, start + part.count)
        let found = Search.first(part.reversed(), in: scalars[..<end].reversed()[...])
        return .int(found.map { Int64(end - $0 - part.count) } ?? -1)
    }

    @Sendable static func split(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        let scalars = try scalars(arguments[0], &run)
        let separator = try self.scalars(arguments[1], &run)
        try run.spend(scalars.count / 10 * (separator.count / 10))
        let limit = try count(arguments, at: 2)
        if limit == 0 { return .list([]) }
        var pieces: [Value] = []
        var rest = scalars[...]
        while pieces.count + 1 < limit, let cut = cut(rest, separator) {
            pieces.append(.string(text(rest[..<cut])))
            rest = rest[(cut + separator.count)...]
        }
        if !separator.isEmpty || !rest.isEmpty { pieces.append(.string(text(rest))) }
        try run.spend(pieces.count)
        return .list(pieces)
    }

    /// Where the next piece ends; without a separator, each scalar is a piece.
    private static func cut(_ rest: ArraySlice<Unicode.Scalar>, _ separator: [Unicode.Scalar]) -> Int? {
        guard separator.isEmpty else { return Search.first(separator, in: rest) }
        return rest.count > 1 ? rest.startIndex + 1 : nil
    }

    /// A limit; no limit when it is absent or negative.
    private static func count(_ arguments: [Value], at place: Int) throws(EvaluationError) -> Int {
        guard arguments.count > place else { return .max }
        guard case .int(let count) = arguments[place] else { throw .noSuchOverload }
        return count < 0 ? .max : Int(count)
    }

    @Sendable static func join(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        guard case .list(let list) = arguments[0] else { throw .noSuchOverload }
        let separator = try arguments.count > 1 ? text(arguments[1]) : ""
        var result = ""
        for (index, element) in list.enumerated() {
            let piece = try text(element)
            try run.spend(1 + (piece.utf8.count + separator.utf8.count) / 10)
            if index > 0 { result += separator }
            result += piece
        }
        return .string(result)
    }

    @Sendable static func replace(_ run: inout Run, _ arguments: [Value]) throws(EvaluationError) -> Value {
        let scalars = try scalars(arguments[0], &run)
        let old = try self.scalars(arguments[1], &run)
        let new = try self.scalars(arguments[2], &run)
        try run.spend(scalars.count / 10 * (old.count / 10))
        let limit = try count(arguments, at: 3)
        var result: [Unicode.Scalar] = []
        var rest = scalars[...]
        var replaced = 0
        while replaced < limit, let found = Search.first(old, in: rest) {
            // The result may be far longer than the text, so it is paid for as it grows.
            try run.spend(1 + new.count / 10)
            result += rest[..<found]
            result += new
            rest = rest[(found + old.count)...]
            replaced += 1
            guard old.isEmpty else { continue }
            guard let scalar = rest.popFirst() else { break }
            result.append(scalar)
        }
        return .string(text(result + rest))
    }
}
