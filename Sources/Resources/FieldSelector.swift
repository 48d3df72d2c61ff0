// SPDX-License-Identifier: Apache-2.0

/// Which objects are meant, by values of fields that their kind allows to select on: `metadata.name=web`.
///
/// https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/
package struct FieldSelector: Hashable, Sendable {
    /// One claim about one field.
    package struct Requirement: Hashable, Sendable {
        /// The field as the client wrote it: `metadata.name`.
        package let path: String
        package let isEqual: Bool
        package let value: String

        package init(path: String, isEqual: Bool = true, value: String) {
            self.path = path
            self.isEqual = isEqual
            self.value = value
        }
    }

    package let requirements: [Requirement]

    /// Matches every object.
    package static let everything = FieldSelector([])

    package init(_ requirements: [Requirement]) { self.requirements = requirements }

    package var isEmpty: Bool { requirements.isEmpty }

    /// True when all claims hold; the closure gives the text at a path, empty when nothing is there.
    package func matches(_ text: (_ path: String) -> String) -> Bool {
        requirements.allSatisfy { (text($0.path) == $0.value) == $0.isEqual }
    }

    /// The value that the field must have, if the selector asks for just one: lets a list become a read.
    package func value(of path: String) -> String? {
        requirements.first { $0.path == path && $0.isEqual }?.value
    }
}

extension FieldSelector {
    /// Reads the text of `?fieldSelector=`: `a.b=c,d==e,f!=g`; a backslash makes `,`, `=` or `\` a part of the value.
    package init(_ text: String) throws(InvalidSelector) {
        var requirements: [Requirement] = []
        for term in Self.terms(text) where !term.isEmpty {
            guard let requirement = Self.requirement(term) else {
                throw InvalidSelector("invalid selector: '\(text)'; can't understand '\(term)'")
            }
            requirements.append(requirement)
        }
        self.init(requirements)
    }

    /// The parts between commas that no backslash stands before.
    private static func terms(_ text: String) -> [Substring] {
        var terms: [Substring] = []
        var start = text.startIndex
        var isEscaped = false
        for index in text.indices {
            if text[index] == ",", !isEscaped {
                terms.append(text[start..<index])
                start = text.index(after: index)
            }
            isEscaped = text[index] == "\\" && !isEscaped
        }
        return terms + [text[start...]]
    }

    private static func requirement(_ term: Substring) -> Requirement? {
        for index in term.indices {
            for sign in ["!=", "==", "="] where term[index...].hasPrefix(sign) {
                guard let value = unescape(term[index...].dropFirst(sign.count)) else { return nil }
                return Requirement(path: String(term[..<index]), isEqual: sign != "!=", value: value)
            }
        }
        return nil
    }

    private static func unescape(_ text: Substring) -> String? {
        var value = ""
        var rest = text
        while let character = rest.popFirst() {
            if character == "," || character == "=" { return nil }
            guard character == "\\" else {
                value.append(character)
                continue
            }
            guard let escaped = rest.popFirst(), ",=\\".contains(escaped) else { return nil }
            value.append(escaped)
        }
        return value
    }
}

extension FieldSelector: CustomStringConvertible {
    /// The wire text, which reads back as the same selector.
    package var description: String {
        requirements.map { requirement in
            let value = requirement.value.map { ",=\\".contains($0) ? "\\\($0)" : String($0) }.joined()
            return requirement.path + (requirement.isEqual ? "=" : "!=") + value
        }.joined(separator: ",")
    }
}
