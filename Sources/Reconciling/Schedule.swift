// SPDX-License-Identifier: Apache-2.0

/// Keys with the time at which each is due: one time a key, the earliest first.
///
/// A binary heap; an entry whose key has another time by now is dropped when it comes up.
struct Schedule<Key: Hashable & Sendable>: Sendable {
    private struct Entry: Sendable {
        var time: Duration
        var key: Key
    }

    private var times: [Key: Duration] = [:]
    private var heap: [Entry] = []

    /// Notes when a key is due; of two times the earlier one counts.
    mutating func add(_ key: Key, at time: Duration) {
        if let known = times[key], known <= time { return }
        times[key] = time
        push(Entry(time: time, key: key))
        if heap.count > 2 * times.count + 64 { dropStale() }
    }

    mutating func remove(_ key: Key) { times[key] = nil }

    /// The earliest time at which a key is due.
    mutating func next() -> Duration? {
        while let first = heap.first, times[first.key] != first.time { pop() }
        return heap.first?.time
    }

    /// Takes out the keys that are due, the earliest first.
    mutating func takeDue(at now: Duration) -> [Key] {
        var due: [Key] = []
        while let time = next(), time <= now, let key = heap.first?.key {
            pop()
            times[key] = nil
            due.append(key)
        }
        return due
    }

    private mutating func dropStale() {
        let entries = heap.filter { times[$0.key] == $0.time }
        heap = []
        for entry in entries { push(entry) }
    }

    private mutating func push(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, heap[child].time < heap[(child - 1) / 2].time {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func pop() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            let children = (2 * parent + 1..<2 * parent + 3).filter { $0 < heap.count }
            guard let least = children.min(by: { heap[$0].time < heap[$1].time }),
                heap[least].time < heap[parent].time
            else { return }
            heap.swapAt(least, parent)
            parent = least
        }
    }
}
