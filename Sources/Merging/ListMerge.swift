// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Lays an applied list over a live one, element by element.
///
/// The applied elements stand in their applied order. An element that only the live list has stays in front of the next
/// shared one that it stood in front of.
/// https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
struct ListMerge {
    private let live: ElementIndex
    private let applied: ElementIndex
    private let items: Shape

    init(_ live: ElementIndex, _ applied: ElementIndex, _ items: Shape) {
        self.live = live
        self.applied = applied
        self.items = items
    }

    /// The merged list; absent when it is the live one.
    var result: [JSON]? {
        var run = Run(live, applied)
        for key in applied.distinct {
            run.takeLive(until: key)
            let theirs = applied.single(key) ?? .null
            let ours = live.single(key)
            if let ours, let merged = items.merging(ours, with: theirs) {
                run.take(merged, key, isChanged: true)
            } else {
                run.take(ours ?? theirs, key, isChanged: ours == nil)
            }
        }
        run.takeRest()
        return run.isChanged || run.output.count != live.elements.count ? run.output : nil
    }

    /// Where the merge stands in both lists.
    private struct Run {
        private let live: ElementIndex
        private let applied: ElementIndex
        /// The applied elements that the live list has too, in applied order, and how many of them are merged.
        private let shared: [PathElement]
        private var merged = 0
        private var taken: Set<PathElement> = []
        private var cursor = 0
        private(set) var output: [JSON] = []
        /// Whether the output differs from the live list as far as it goes.
        private(set) var isChanged = false

        init(_ live: ElementIndex, _ applied: ElementIndex) {
            self.live = live
            self.applied = applied
            shared = applied.distinct.filter(live.contains)
            output.reserveCapacity(live.elements.count + applied.elements.count)
        }

        private var nextShared: PathElement? { merged < shared.count ? shared[merged] : nil }

        /// Takes what only the live list has, up to an applied element or the place where it cannot come yet.
        mutating func takeLive(until key: PathElement) {
            while cursor < live.keys.count {
                guard let here = live.keys[cursor], applied.contains(here) else {
                    keep()
                    continue
                }
                if here == key {
                    cursor += 1
                    return
                }
                guard let nextShared else {
                    cursor += 1
                    return
                }
                // The one that comes next waits for its turn; others are merged where they are applied.
                guard nextShared != here else { return }
                cursor += 1
            }
        }

        mutating func takeRest() {
            while cursor < live.keys.count {
                if let here = live.keys[cursor], taken.contains(here) { cursor += 1 } else { keep() }
            }
        }

        mutating func take(_ value: JSON, _ key: PathElement, isChanged: Bool) {
            let place = output.count
            let isInPlace = place < live.keys.count && live.keys[place] == key
            self.isChanged = self.isChanged || isChanged || !isInPlace
            if nextShared == key { merged += 1 }
            taken.insert(key)
            output.append(value)
        }

        private mutating func keep() {
            isChanged = isChanged || output.count != cursor
            output.append(live.elements[cursor])
            cursor += 1
        }
    }
}
