// SPDX-License-Identifier: Apache-2.0

import Resources
import Stores
import Synchronization

/// The lines of the newest watch events, so that an event is printed once and not once a watcher.
package final class SharedEvents: Sendable {
    struct Key: Hashable {
        let resource: GroupVersionResource
        let revision: Revision
        let action: ObjectWatch.Action
    }

    private struct State {
        var lines: [Key: [UInt8]] = [:]
        /// Oldest first, a ring.
        var order: [Key] = []
        var next = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// Keeps at most `capacity` lines.
    package init(capacity: Int = 512) { self.capacity = capacity }

    func line(_ key: Key) -> [UInt8]? { state.withLock { $0.lines[key] } }

    func keep(_ line: [UInt8], _ key: Key) {
        state.withLock { state in
            guard state.lines.updateValue(line, forKey: key) == nil else { return }
            if state.order.count < capacity {
                state.order.append(key)
            } else {
                state.lines[state.order[state.next]] = nil
                state.order[state.next] = key
                state.next = (state.next + 1) % capacity
            }
        }
    }
}
