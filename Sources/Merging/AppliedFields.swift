// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// What is wrong with an applied configuration, before it is merged.
package struct ShapeProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// As conflicts name fields: `.spec.parts[name="a"]`.
    package let path: String
    /// Lower case, as upstream words it.
    package let message: String

    package var description: String { "\(path): \(message)" }
}

/// One walk through an applied configuration: which fields it has, and what does not fit the schema.
struct AppliedFields {
    private let root: Shape
    private var path: [PathElement] = []
    private(set) var problems: [ShapeProblem] = []

    init(_ shape: Shape) { root = shape }

    /// The fields that whoever applies this manages from now on.
    mutating func fields(of configuration: JSON) -> FieldSet { fields(of: configuration, root).children }

    /// What a value adds to the set of its parent; a leaf is a member itself.
    private mutating func fields(of value: JSON, _ shape: Shape) -> (isLeaf: Bool, children: FieldSet) {
        switch (shape.form, value) {
        case (_, .null): return (true, FieldSet())
        case (.object, .object(let members)), (.open, .object(let members)):
            let children = fields(of: members, shape)
            return shape.hasMembers && !members.isEmpty ? (false, children) : (true, FieldSet())
        case (.list(let items, let list), .array(let elements)):
            let children = fields(of: elements, items, list)
            return shape.isAtomic || elements.isEmpty ? (true, FieldSet()) : (false, children)
        case (.object, _): problem("expected map, got \(value.wording)")
        case (.list, _): problem("expected list, got \(value.wording)")
        case (.scalar(let form), _): if let expected = form.expectation(of: value) { problem(expected) }
        case (.open, _): break
        }
        return (true, FieldSet())
    }

    private mutating func fields(of members: JSONObject, _ shape: Shape) -> FieldSet {
        var entries: [FieldSet.Entry] = []
        entries.reserveCapacity(members.count)
        for member in members.members {
            let element = PathElement.field(member.key)
            path.append(element)
            if let known = shape.member(member.key) {
                let below = fields(of: member.value, known.shape)
                entries.append(
                    .init(element, isMember: below.isLeaf || !known.isNamed, children: below.children))
            } else {
                problem("field not declared in schema")
            }
            path.removeLast()
        }
        return shape.hasMembers ? FieldSet(unsorted: entries) : FieldSet()
    }

    private mutating func fields(of elements: [JSON], _ items: Shape, _ list: Shape.List) -> FieldSet {
        var entries: [FieldSet.Entry] = []
        var seen: Set<PathElement> = []
        for (index, item) in elements.enumerated() {
            if case .atomic = list {
                path.append(.index(index))
            } else if let element = list.element(of: item) {
                if !seen.insert(element).inserted { problem("duplicate entries for key \(element)") }
                path.append(element)
            } else {
                problem(list.refusal(of: item, at: index))
                continue
            }
            let below = fields(of: item, items)
            if let element = path.popLast() {
                entries.append(.init(element, isMember: true, children: below.children))
            }
        }
        return FieldSet(unsorted: entries)
    }

    private mutating func problem(_ message: String) {
        guard problems.count < 100 else { return }
        problems.append(ShapeProblem(path: path.map(\.description).joined(), message: message))
    }
}

extension Shape.List {
    fileprivate func refusal(of item: JSON, at index: Int) -> String {
        switch self {
        case .atomic, .set:
            return "element \(index): associative list without keys has an element that's a map, a list or null"
        case .map(let keys):
            guard item.object != nil else {
                return "element \(index): associative list with keys may not have non-map elements"
            }
            let names = keys.map { "\"\($0.name)\"" }.joined(separator: " ")
            return "element \(index): associative list with keys has an element that omits all key fields [\(names)] "
                + "(and doesn't have default values for any key fields)"
        }
    }
}
