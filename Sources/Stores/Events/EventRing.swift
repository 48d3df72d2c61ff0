// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// What has a place in the one history of all objects.
package protocol Revisioned {
    var revision: Revision { get }
}

extension StoreEvent: Revisioned {
    package var revision: Revision { stored.revision }
}

/// The newest events, in order; when it is full, each new one pushes out the oldest.
package struct EventRing<Event: Revisioned> {
    private var events = Deque<Event>()
    private let capacity: Int
    /// Every event after this revision is here, and none up to it.
    package private(set) var floor: Revision

    package init(floor: Revision, capacity: Int) {
        precondition(capacity > 0, "an event ring needs room for one event")
        self.floor = floor
        self.capacity = capacity
    }

    package var count: Int { events.count }

    package func covers(_ revision: Revision) -> Bool { revision >= floor }

    package mutating func append(_ event: Event) {
        if events.count == capacity, let oldest = events.popFirst() { floor = oldest.revision }
        events.append(event)
    }

    /// Drops events up to and including a revision.
    package mutating func forget(through revision: Revision) {
        guard revision > floor else { return }
        events.removeFirst(index(after: revision))
        floor = revision
    }

    /// Up to `limit` events after a revision that the ring covers, oldest first.
    package func events(after revision: Revision, limit: Int = .max) -> [Event] {
        Array(events.dropFirst(index(after: revision)).prefix(limit))
    }

    /// Shows the events after a revision that the ring covers, oldest first, until the body has seen enough.
    package func scan(after revision: Revision, until isEnough: (Event) -> Bool) {
        for position in index(after: revision)..<events.count where isEnough(events[position]) { return }
    }

    private func index(after revision: Revision) -> Int {
        var low = 0
        var high = events.count
        while low < high {
            let middle = (low + high) / 2
            if events[middle].revision <= revision { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension EventRing: Sendable where Event: Sendable {}
