// SPDX-License-Identifier: Apache-2.0

/// A set of fields of an object: what somebody manages, or what changed.
///
/// A tree with one sorted array a level, so that sets are compared and combined by walking both at once. A path is a member
/// on its own: `spec` can be in the set without `spec.size`, and the other way round.
package struct FieldSet: Hashable, Sendable {
    /// One step of the tree.
    struct Entry: Hashable, Sendable {
        let element: PathElement
        /// Whether the path that ends here is in the set.
        var isMember: Bool
        /// What is in the set below it.
        var children: FieldSet

        init(_ element: PathElement, isMember: Bool, children: FieldSet = FieldSet()) {
            self.element = element
            self.isMember = isMember
            self.children = children
        }

        var isEmpty: Bool { !isMember && children.isEmpty }
    }

    /// In the order of their elements, each element once, none empty.
    private(set) var entries: [Entry]

    /// The set without a field.
    package init() { entries = [] }

    /// Entries that are sorted already.
    init(sorted entries: [Entry]) { self.entries = entries }

    /// Entries in any order; the same element twice is united, empty ones are left out.
    init(unsorted entries: [Entry]) {
        let entries = entries.filter { !$0.isEmpty }
        guard !zip(entries, entries.dropFirst()).allSatisfy({ $0.element < $1.element }) else {
            self.entries = entries
            return
        }
        var result: [Entry] = []
        result.reserveCapacity(entries.count)
        for entry in entries.sorted(by: { $0.element < $1.element }) {
            if let last = result.last, last.element == entry.element {
                result[result.count - 1].isMember = last.isMember || entry.isMember
                result[result.count - 1].children = last.children.union(entry.children)
            } else {
                result.append(entry)
            }
        }
        self.entries = result
    }

    /// The set of these paths.
    package init(_ paths: [[PathElement]]) {
        self = paths.reduce(FieldSet()) { $0.union(FieldSet(path: $1[...])) }
    }

    private init(path: ArraySlice<PathElement>) {
        guard let first = path.first else {
            self.init()
            return
        }
        let rest = FieldSet(path: path.dropFirst())
        self.init(sorted: [Entry(first, isMember: path.count == 1, children: rest)])
    }

    package var isEmpty: Bool { entries.isEmpty }

    /// What the set has under an element; absent when nothing.
    func entry(_ element: PathElement) -> Entry? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            let order = entries[middle].element.order(to: element)
            if order == 0 { return entries[middle] }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// Whether the path is in the set.
    package func contains(_ path: [PathElement]) -> Bool {
        guard let last = path.last else { return false }
        var set = self
        for element in path.dropLast() {
            guard let entry = set.entry(element) else { return false }
            set = entry.children
        }
        return set.entry(last)?.isMember ?? false
    }

    /// The paths in the set, in its order, as errors write them: `.spec.parts[name="a"].value`.
    package var paths: [String] {
        var result: [String] = []
        collectPaths(after: "", into: &result)
        return result
    }

    private func collectPaths(after prefix: String, into result: inout [String]) {
        for entry in entries {
            let path = prefix + entry.element.description
            if entry.isMember { result.append(path) }
            entry.children.collectPaths(after: path, into: &result)
        }
    }
}
