// SPDX-License-Identifier: Apache-2.0

/// What the placeholders of a case stand for in its replay: bound at their first appearance, compared after that.
struct Placeholders {
    private var values: [String: String]
    private var bound: [String: Set<String>] = [:]

    init(run: String) {
        values = ["NS": "corpus-a\(run)", "NS2": "corpus-b\(run)", "ID": "x\(run)"]
    }

    /// The namespaces of the case, by their placeholders.
    func namespace(_ placeholder: String) -> String { values[placeholder] ?? "" }

    /// A request's text with what its placeholders stand for; those that nothing was seen of yet stay.
    func filled(_ text: String) -> String {
        Self.pieces(of: text).map { piece in
            switch piece {
            case .text(let text): text
            case .placeholder(let name): values[name] ?? "$\(name)"
            }
        }.joined()
    }

    /// Whether a text of an answer is the recorded one; binds the placeholders that appear for the first time.
    mutating func matches(_ recorded: String, _ actual: String) -> Bool {
        var trial = self
        guard trial.match(Self.pieces(of: recorded)[...], actual[...]) else { return false }
        self = trial
        return true
    }

    private mutating func match(_ pieces: ArraySlice<Piece>, _ rest: Substring) -> Bool {
        guard let piece = pieces.first else { return rest.isEmpty }
        let others = pieces.dropFirst()
        switch piece {
        case .text(let text):
            guard rest.hasPrefix(text) else { return false }
            return match(others, rest.dropFirst(text.count))
        case .placeholder(let name):
            guard let end = end(of: name, in: rest, before: others.first) else { return false }
            guard accept(String(rest[..<end]), name) else { return false }
            return match(others, rest[end...])
        }
    }

    private func end(of name: String, in rest: Substring, before next: Piece?) -> Substring.Index? {
        if let known = values[name] {
            return rest.hasPrefix(known) ? rest.index(rest.startIndex, offsetBy: known.count) : nil
        }
        guard case .text(let text)? = next else { return rest.endIndex }
        return rest.firstRange(of: text)?.lowerBound
    }

    private mutating func accept(_ value: String, _ name: String) -> Bool {
        let base = String(name.prefix { !$0.isNumber })
        guard !value.isEmpty, values[name].map({ $0 == value }) ?? Self.fits(value, base) else { return false }
        guard base != name, values[name] == nil else { return true }
        // Different placeholders of a version or a uid are different values.
        if base != "LIST" { guard bound[base, default: []].insert(value).inserted else { return false } }
        values[name] = value
        return true
    }

    /// Whether a value is of the sort that a placeholder stands for.
    private static func fits(_ value: String, _ base: String) -> Bool {
        switch base {
        case "RV", "LIST": value.allSatisfy(\.isNumber)
        case "UID": value.count == 36
        case "TIME": value.count == 20 && value.hasSuffix("Z")
        case "MICROTIME": value.count == 27 && value.hasSuffix("Z")
        case "AGE": value.last.map { "smhd".contains($0) } ?? false
        default: true
        }
    }
}

extension Placeholders {
    enum Piece {
        case text(String)
        case placeholder(String)
    }

    private static let bases: Set<String> = [
        "NS", "ID", "RV", "LIST", "UID", "NAME", "CONTINUE", "TIME", "MICROTIME", "AGE", "TOKEN", "HASH", "BUILD",
        "SCHEME", "SERVER", "USERNAME", "USERUID",
    ]

    /// A recorded text, cut where its placeholders are.
    static func pieces(of text: String) -> [Piece] {
        guard text.contains("$") else { return [.text(text)] }
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let next = rest.first {
            let name = next == "$" ? rest.dropFirst().prefix { $0.isASCII && ($0.isUppercase || $0.isNumber) } : ""
            guard !name.isEmpty, bases.contains(String(name.prefix { !$0.isNumber })) else {
                plain.append(next)
                rest.removeFirst()
                continue
            }
            if !plain.isEmpty { pieces.append(.text(plain)) }
            plain = ""
            pieces.append(.placeholder(String(name)))
            rest = rest[name.endIndex...]
        }
        if !plain.isEmpty || pieces.isEmpty { pieces.append(.text(plain)) }
        return pieces
    }
}
