// SPDX-License-Identifier: Apache-2.0

/// Where a value stands in a tree, in the subset of JSONPath that CRD columns use: `.status.addresses[0].address`.
///
/// https://kubernetes.io/docs/reference/kubectl/jsonpath/
package struct JSONPath: Hashable, Sendable {
    /// One step on the way.
    package enum Element: Hashable, Sendable {
        case member(String)
        /// An element of an array; a negative index counts from the end.
        case index(Int)
        /// `[*]`: every element or member.
        case every
        /// `[?(@.type=="Ready")]`: the elements whose member at the path equals the text.
        case filter(path: [String], equals: String)
    }

    package let elements: [Element]

    package init(_ elements: [Element]) { self.elements = elements }
}

extension JSONPath {
    /// All values that the path leads to, in the order of the tree.
    package func values(in tree: JSON) -> [JSON] {
        elements.reduce([tree]) { found, element in found.flatMap { element.values(in: $0) } }
    }

    /// The first value that the path leads to: what a column shows.
    package func first(in tree: JSON) -> JSON? { values(in: tree).first }
}

extension JSONPath.Element {
    fileprivate func values(in tree: JSON) -> [JSON] {
        switch (self, tree) {
        case (.member(let key), .object(let object)): object[key].map { [$0] } ?? []
        case (.index(let index), .array(let elements)):
            tree[index < 0 ? elements.count + index : index].map { [$0] } ?? []
        case (.every, .array(let elements)): elements
        case (.every, .object(let object)): object.members.map(\.value)
        case (.filter(let path, let text), .array(let elements)):
            elements.filter { element in
                path.reduce(element) { tree, key in tree?[key] }?.scalarText == text
            }
        default: []
        }
    }
}

extension JSON {
    /// A string itself, another scalar as JSON spells it; absent for arrays and objects.
    fileprivate var scalarText: String? {
        switch self {
        case .string(let text): text
        case .array, .object: nil
        default: text
        }
    }
}

// MARK: - Spelling

extension JSONPath: CustomStringConvertible, ExpressibleByStringLiteral {
    /// A path in source text; a wrong one stops the program.
    package init(stringLiteral value: String) {
        guard let path = JSONPath(value) else { preconditionFailure("not a JSON path: \(value)") }
        self = path
    }

    package var description: String { elements.map(\.description).joined() }
}

extension JSONPath.Element: CustomStringConvertible {
    package var description: String {
        switch self {
        case .member(let key): JSONPathScanner.isPlain(key) ? ".\(key)" : "[\(Self.quote(key, with: "'"))]"
        case .index(let index): "[\(index)]"
        case .every: "[*]"
        case .filter(let path, let text):
            "[?(@\(path.map { JSONPath.Element.member($0).description }.joined())==\(Self.quote(text, with: "\"")))]"
        }
    }

    private static func quote(_ text: String, with mark: Character) -> String {
        var quoted = String(mark)
        for character in text {
            if character == mark || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + String(mark)
    }
}
