// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension LabelSelector {
    /// Reads the text of `?labelSelector=`: `a=b,c!=d,e in (f,g),h notin (i),j,!k`; empty text matches everything.
    package init(_ text: String) throws(InvalidSelector) {
        var scanner = LabelSelectorScanner(text)
        try self.init(scanner.requirements())
    }

    /// Reads `{matchLabels, matchExpressions}` of an object; an absent or empty one matches everything.
    package init(tree: JSON) throws(InvalidSelector) {
        var requirements: [Requirement] = []
        for member in tree["matchLabels"]?.object?.members ?? [] {
            guard let value = member.value.string else {
                throw InvalidSelector(#"matchLabels: the value of "\#(member.key)" must be a string"#)
            }
            requirements.append(try Requirement(validating: member.key, .isIn, [value]))
        }
        for expression in tree["matchExpressions"]?.array ?? [] {
            let name = expression["operator"]?.string ?? ""
            guard let `operator` = Operator(rawValue: name), !`operator`.isComparison else {
                throw InvalidSelector(#""\#(name)" is not a valid label selector operator"#)
            }
            let values = expression["values"]?.array?.compactMap(\.string) ?? []
            requirements.append(try Requirement(validating: expression["key"]?.string ?? "", `operator`, values))
        }
        self.init(requirements)
    }
}

extension LabelSelector.Operator {
    /// Whether it compares numbers, which only the texts of selectors do.
    fileprivate var isComparison: Bool { self == .isGreater || self == .isLess }
}

extension LabelSelector.Requirement {
    /// A claim whose key and values are such as labels can have, with the number of values that the operator takes.
    init(validating key: String, _ operator: LabelSelector.Operator, _ values: [String]) throws(InvalidSelector) {
        if let issue = NameRule.labelKey.issues(key).first {
            throw InvalidSelector(Self.invalid("<nil>", key, issue))
        }
        if `operator`.isComparison { try Self.checkLimit(values) }
        let takesValues = `operator` != .exists && `operator` != .doesNotExist
        guard values.isEmpty != takesValues else {
            let problem =
                takesValues
                ? "for 'in', 'notin' operators, values set can't be empty"
                : "values set must be empty for exists and does not exist"
            throw InvalidSelector(
                "unable to parse requirement: values: Invalid value: \(JSON.array(values.map(JSON.string)).text): \(problem)"
            )
        }
        for (index, value) in values.enumerated() {
            if let issue = NameRule.labelValue.issues(value).first {
                throw InvalidSelector(Self.invalid("values[\(index)][\(key)]", value, issue))
            }
        }
        self.init(key: key, operator: `operator`, values: values)
    }

    private static func checkLimit(_ values: [String]) throws(InvalidSelector) {
        guard let value = values.first, values.count == 1, Int64(value) != nil else {
            throw InvalidSelector(
                invalid("values[0]", values.first ?? "", "for 'Gt', 'Lt' operators, the value must be an integer"))
        }
    }

    private static func invalid(_ path: String, _ value: String, _ issue: String) -> String {
        "unable to parse requirement: \(path): Invalid value: \(JSON.string(value).text): \(issue)"
    }
}

/// Reads the text of a selector from left to right, in upstream's grammar and with its messages.
private struct LabelSelectorScanner {
    private var tokens: ArraySlice<String>

    /// Splits into words and the signs `,` `(` `)` `!` `=` `==` `!=` `>` `<`.
    init(_ text: String) {
        var tokens: [String] = []
        var word = ""
        func finish() {
            if !word.isEmpty { tokens.append(word) }
            word = ""
        }
        var continues = false
        for character in text {
            let isSign = "(),!=<>".contains(character)
            if character == "=", continues, let last = tokens.last, last == "=" || last == "!" {
                tokens[tokens.count - 1] = last + "="
                continues = false
                continue
            }
            if isSign || character.isWhitespace { finish() }
            if isSign { tokens.append(String(character)) } else if !character.isWhitespace { word.append(character) }
            continues = isSign
        }
        finish()
        self.tokens = tokens[...]
    }

    mutating func requirements() throws(InvalidSelector) -> [LabelSelector.Requirement] {
        var requirements: [LabelSelector.Requirement] = []
        while let token = tokens.first {
            guard token == "!" || !Self.isSign(token) else {
                throw InvalidSelector("found '\(token)', expected: !, identifier, or 'end of string'")
            }
            requirements.append(try requirement())
            guard let next = tokens.popFirst() else { break }
            guard next == "," else { throw InvalidSelector("found '\(next)', expected: ',' or 'end of string'") }
            guard let after = tokens.first, after == "!" || !Self.isSign(after) else {
                throw InvalidSelector("found '\(tokens.first ?? "")', expected: identifier after ','")
            }
        }
        return requirements
    }

    private mutating func requirement() throws(InvalidSelector) -> LabelSelector.Requirement {
        if take("!") {
            return try LabelSelector.Requirement(validating: try identifier(), .doesNotExist, [])
        }
        let key = try identifier()
        guard let sign = tokens.first, sign != "," else {
            return try LabelSelector.Requirement(validating: key, .exists, [])
        }
        tokens.removeFirst()
        switch sign {
        case "=", "==": return try LabelSelector.Requirement(validating: key, .isIn, [try value()])
        case "!=": return try LabelSelector.Requirement(validating: key, .isNotIn, [try value()])
        case ">": return try LabelSelector.Requirement(validating: key, .isGreater, [try value()])
        case "<": return try LabelSelector.Requirement(validating: key, .isLess, [try value()])
        case "in": return try LabelSelector.Requirement(validating: key, .isIn, try values())
        case "notin": return try LabelSelector.Requirement(validating: key, .isNotIn, try values())
        default: throw unexpected(sign, ", expected: in, notin, =, ==, !=, gt, lt")
        }
    }

    private mutating func identifier() throws(InvalidSelector) -> String {
        guard let token = tokens.popFirst(), !Self.isSign(token) else {
            throw unexpected(tokens.first ?? "", ", expected: identifier")
        }
        return token
    }

    /// The value behind `=`, which may be empty.
    private mutating func value() throws(InvalidSelector) -> String {
        guard let token = tokens.first, token != "," else { return "" }
        guard !Self.isSign(token) else { throw unexpected(token, ", expected: identifier") }
        tokens.removeFirst()
        return token
    }

    /// The list behind `in`, in which a value may be empty.
    private mutating func values() throws(InvalidSelector) -> [String] {
        guard take("(") else { throw unexpected(tokens.first ?? "", " expected: '('") }
        var values: [String] = []
        repeat {
            let isEmpty = tokens.first == "," || tokens.first == ")"
            values.append(isEmpty ? "" : try identifier())
        } while take(",")
        guard take(")") else { throw unexpected(tokens.first ?? "", ", expected: ',' or ')'") }
        return Array(Set(values)).sorted()
    }

    private mutating func take(_ sign: String) -> Bool {
        guard tokens.first == sign else { return false }
        tokens.removeFirst()
        return true
    }

    private func unexpected(_ token: String, _ expectation: String) -> InvalidSelector {
        InvalidSelector("unable to parse requirement: found '\(token)'\(expectation)")
    }

    private static func isSign(_ token: String) -> Bool {
        ["(", ")", ",", "!", "=", "==", "!=", ">", "<"].contains(token)
    }
}
