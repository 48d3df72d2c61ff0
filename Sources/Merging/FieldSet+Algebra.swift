// SPDX-License-Identifier: Apache-2.0

extension FieldSet {
    /// The fields of either set.
    package func union(_ other: FieldSet) -> FieldSet {
        if other.isEmpty { return self }
        if isEmpty { return other }
        return combined(with: other, .union)
    }

    /// The fields that are in both sets.
    package func intersection(_ other: FieldSet) -> FieldSet {
        isEmpty || other.isEmpty ? FieldSet() : combined(with: other, .intersection)
    }

    /// The fields that are not in the other set.
    package func subtracting(_ other: FieldSet) -> FieldSet {
        isEmpty || other.isEmpty ? self : combined(with: other, .difference)
    }

    private enum Operation {
        case union, intersection, difference
    }

    private func combined(with other: FieldSet, _ operation: Operation) -> FieldSet {
        var result: [Entry] = []
        result.reserveCapacity(operation == .union ? entries.count + other.entries.count : entries.count)
        var left = entries.startIndex
        var right = other.entries.startIndex
        while left < entries.endIndex, right < other.entries.endIndex {
            let order = entries[left].element.order(to: other.entries[right].element)
            if order < 0 {
                if operation != .intersection { result.append(entries[left]) }
                left += 1
            } else if order > 0 {
                if operation == .union { result.append(other.entries[right]) }
                right += 1
            } else {
                let entry = Self.combined(entries[left], other.entries[right], operation)
                if !entry.isEmpty { result.append(entry) }
                left += 1
                right += 1
            }
        }
        if operation != .intersection { result.append(contentsOf: entries[left...]) }
        if operation == .union { result.append(contentsOf: other.entries[right...]) }
        return FieldSet(sorted: result)
    }

    private static func combined(_ left: Entry, _ right: Entry, _ operation: Operation) -> Entry {
        switch operation {
        case .union:
            Entry(
                left.element, isMember: left.isMember || right.isMember, children: left.children.union(right.children))
        case .intersection:
            Entry(
                left.element, isMember: left.isMember && right.isMember,
                children: left.children.intersection(right.children))
        case .difference:
            Entry(
                left.element, isMember: left.isMember && !right.isMember,
                children: left.children.subtracting(right.children))
        }
    }
}
