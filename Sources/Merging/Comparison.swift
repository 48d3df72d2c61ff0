// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// Which fields differ between two states of an object.
package struct Comparison: Hashable, Sendable {
    /// Fields that are new or have another value.
    package var changed: FieldSet
    /// Fields that are gone.
    package var removed: FieldSet

    package var isEmpty: Bool { changed.isEmpty && removed.isEmpty }

    /// Compares two objects of one shape.
    package init(_ old: JSON, _ new: JSON, _ shape: Shape) {
        let difference = Difference(old, new, shape)
        changed = difference?.changed ?? FieldSet()
        removed = difference?.removed ?? FieldSet()
    }
}

/// How one value differs: itself, and what is inside it.
///
/// An object or a list that is there in both states is no difference itself: only what is inside it is.
private struct Difference {
    var isChanged = false
    var isRemoved = false
    var changed = FieldSet()
    var removed = FieldSet()

    private init() {}

    /// Absent when there is no difference, which is the common case and allocates nothing.
    init?(_ old: JSON?, _ new: JSON?, _ shape: Shape) {
        let isOpen = if case .open = shape.form { true } else { false }
        switch (Side(old, shape), Side(new, shape)) {
        case (.single, .single): self.init(leaf: old, new)
        case (.empty, .empty): self.init(leaf: old, new)
        case (.members(let old), .members(let new)): self.init(old, new, shape)
        case (.members(let before), .empty): self.init(before, [], shape)
        case (.empty, .members(let after)): self.init([], after, shape)
        case (.elements(let old), .elements(let new)): self.init(old, new, shape)
        case (.elements(let before), .empty): self.init(before, [], shape)
        case (.empty, .elements(let after)): self.init([], after, shape)
        case (.empty, .single) where isOpen, (.single, .empty) where isOpen: self.init(leaf: old, new)
        default:
            self.init()
            // Another type than before: all that was inside is gone.
            if old != nil, new != nil {
                removed = Difference(old, nil, shape)?.removed ?? FieldSet()
                isChanged = true
            }
        }
        if old == nil { isChanged = true }
        if new == nil { isRemoved = true }
    }

    private init?(leaf old: JSON?, _ new: JSON?) {
        self.init()
        guard let old, let new else { return }
        guard !old.means(new) else { return nil }
        isChanged = true
    }

    private init?(_ old: [JSONObject.Member], _ new: [JSONObject.Member], _ shape: Shape) {
        var news = MemberLookup(new)
        var olds = MemberLookup(old)
        var collector = Collector()
        for (index, member) in old.enumerated() {
            let place = news.place(of: member.key, guess: index)
            let below = shape.member(member.key)?.shape ?? .open
            guard let difference = Difference(member.value, place.map { new[$0].value }, below) else { continue }
            collector.add(.field(member.key), difference)
        }
        for (index, member) in new.enumerated() where olds.place(of: member.key, guess: index) == nil {
            let below = shape.member(member.key)?.shape ?? .open
            guard let difference = Difference(nil, member.value, below) else { continue }
            collector.add(.field(member.key), difference)
        }
        self.init(collector, isNothing: old.isEmpty != new.isEmpty ? false : collector.isEmpty)
    }

    private init?(_ old: [JSON], _ new: [JSON], _ shape: Shape) {
        guard let (items, list) = shape.elements else { return nil }
        let olds = ElementIndex(old, list)
        let news = ElementIndex(new, list)
        var collector = Collector()
        for element in olds.distinct { collector.add(element, olds[element], news[element], items) }
        for element in news.distinct where olds[element].isEmpty { collector.add(element, [], news[element], items) }
        self.init(collector, isNothing: old.isEmpty != new.isEmpty ? false : collector.isEmpty)
    }

    private init?(_ collector: Collector, isNothing: Bool) {
        guard !isNothing else { return nil }
        self.init()
        changed = FieldSet(unsorted: collector.changed)
        removed = FieldSet(unsorted: collector.removed)
    }

    /// One of two states, as the shape sees it.
    private enum Side {
        /// One value as a whole.
        case single
        case members([JSONObject.Member])
        case elements([JSON])
        /// Absent, `null`, or without anything inside.
        case empty

        init(_ value: JSON?, _ shape: Shape) {
            switch (value, shape.form) {
            case (_, _) where shape.isAtomic: self = .single
            case (nil, _), (.null, _): self = .empty
            case (.object(let members), .object), (.object(let members), .open):
                self = members.isEmpty ? .empty : .members(members.members)
            case (.array(let elements), .list): self = elements.isEmpty ? .empty : .elements(elements)
            default: self = .single
            }
        }
    }

    /// What the differences inside a value come to.
    private struct Collector {
        var changed: [FieldSet.Entry] = []
        var removed: [FieldSet.Entry] = []

        var isEmpty: Bool { changed.isEmpty && removed.isEmpty }

        mutating func add(_ element: PathElement, _ difference: Difference) {
            if difference.isChanged || !difference.changed.isEmpty {
                changed.append(.init(element, isMember: difference.isChanged, children: difference.changed))
            }
            if difference.isRemoved || !difference.removed.isEmpty {
                removed.append(.init(element, isMember: difference.isRemoved, children: difference.removed))
            }
        }

        /// Elements of one key; several of them are compared as a whole.
        mutating func add(_ element: PathElement, _ old: [JSON], _ new: [JSON], _ items: Shape) {
            if old.count <= 1, new.count <= 1 {
                guard let difference = Difference(old.first, new.first, items) else { return }
                add(element, difference)
            } else if !JSON.array(old).means(.array(new)) {
                let entry = FieldSet.Entry(element, isMember: true)
                if new.isEmpty { removed.append(entry) } else { changed.append(entry) }
            }
        }
    }
}
