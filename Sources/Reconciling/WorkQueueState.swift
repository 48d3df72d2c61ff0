// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// The rules of a work queue, without lock, time and tasks.
struct WorkQueueState<Key: Hashable & Sendable>: Sendable {
    private var ready: Deque<Key> = []
    /// Keys that need a pass: all of `ready`, and those added while they are worked on.
    private var pending: Set<Key> = []
    private var working: Set<Key> = []
    private var schedule = Schedule<Key>()
    private var failures: [Key: Int] = [:]
    /// When the earliest timer that runs will ring.
    private var alarm: Duration?
    private(set) var isShutDown = false

    /// Keys that need a pass now.
    var depth: Int { pending.count }

    mutating func add(_ key: Key) {
        guard !isShutDown, pending.insert(key).inserted, !working.contains(key) else { return }
        ready.append(key)
    }

    mutating func take() -> Key? {
        guard !isShutDown, let key = ready.popFirst() else { return nil }
        pending.remove(key)
        working.insert(key)
        // The pass that begins decides anew when the next one is due.
        schedule.remove(key)
        return key
    }

    mutating func finish(_ key: Key) {
        guard working.remove(key) != nil, pending.contains(key) else { return }
        ready.append(key)
    }

    /// Counts one more failure in a row and returns how many there are.
    mutating func countFailure(_ key: Key) -> Int {
        failures[key, default: 0] += 1
        return failures[key, default: 1]
    }

    mutating func forget(_ key: Key) { failures[key] = nil }

    /// Notes when a key is due; answers the time to set a timer to, when none that runs rings early enough.
    mutating func add(_ key: Key, at time: Duration) -> Duration? {
        guard !isShutDown else { return nil }
        schedule.add(key, at: time)
        return nextAlarm()
    }

    /// Makes what is due ready, once a timer rang; answers the time to set the next one to.
    mutating func ring(at now: Duration) -> Duration? {
        for key in schedule.takeDue(at: now) { add(key) }
        if let set = alarm, set <= now { alarm = nil }
        return nextAlarm()
    }

    mutating func shutDown() {
        isShutDown = true
        ready = []
        pending = []
        schedule = Schedule()
    }

    private mutating func nextAlarm() -> Duration? {
        guard let next = schedule.next() else { return nil }
        if let set = alarm, set <= next { return nil }
        alarm = next
        return next
    }
}
