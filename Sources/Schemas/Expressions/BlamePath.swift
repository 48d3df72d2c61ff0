// SPDX-License-Identifier: Apache-2.0

/// The place below a value that a rule blames: `.a.b`, `['a.b'].c`.
struct BlamePath {
    private var names: [String] = []

    /// Absent when the text is no such path.
    init?(_ text: String) {
        var rest = text[...]
        while !rest.isEmpty {
            guard let name = rest.hasPrefix("['") ? Self.quoted(&rest) : Self.word(&rest) else { return nil }
            names.append(name)
        }
    }

    private static func word(_ rest: inout Substring) -> String? {
        guard rest.hasPrefix(".") else { return nil }
        let word = rest.dropFirst().prefix { $0 != "." && $0 != "[" }
        rest = rest.dropFirst(word.count + 1)
        return word.isEmpty ? nil : String(word)
    }

    private static func quoted(_ rest: inout Substring) -> String? {
        guard let end = rest.firstRange(of: "']") else { return nil }
        let name = rest[..<end.lowerBound].dropFirst(2)
        rest = rest[end.upperBound...]
        return name.isEmpty ? nil : String(name)
    }

    /// As the end of a path.
    var text: String {
        var path = FieldPath(" ")
        for name in names { path.push(name) }
        return String(path.text.dropFirst())
    }

    /// Whether a schema names each of its steps.
    func leads(into schema: Schema) -> Bool {
        var place: Schema? = schema
        for name in names { place = place?.member(name) }
        return place != nil && !names.isEmpty
    }
}
