// SPDX-License-Identifier: Apache-2.0

/// Where a walk through an object stands; becomes text only when there is something to say.
package struct FieldPath: Hashable, Sendable {
    private enum Element: Hashable, Sendable {
        case member(String)
        case index(Int)
        case key(String)
    }

    private let root: String
    private var elements: [Element] = []

    /// A path that begins at an already written one; empty for the object itself.
    package init(_ root: String = "") { self.root = root }

    package mutating func push(_ member: String) { elements.append(.member(member)) }
    package mutating func push(_ index: Int) { elements.append(.index(index)) }
    /// A key of a map, which users may choose; it stands in brackets.
    package mutating func push(key: String) { elements.append(.key(key)) }
    package mutating func pop() { elements.removeLast() }

    /// As users write it: `spec.networks[0].name`; a member that is no plain word stands in brackets, `labels[a.b/c]`.
    package var text: String {
        elements.reduce(into: root) { text, element in
            switch element {
            case .index(let index): text += "[\(index)]"
            case .key(let name): text += "[\(name)]"
            case .member(let name) where Self.isWord(name): text += text.isEmpty ? name : ".\(name)"
            case .member(let name): text += "[\(name)]"
            }
        }
    }

    private static func isWord(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "$"):
                    true
                default: false
                }
            }
    }
}
