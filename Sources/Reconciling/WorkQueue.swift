// SPDX-License-Identifier: Apache-2.0

package import Clients
import Synchronization

/// The keys that need a pass, handed to workers one by one.
///
/// Guarantees, each with a test of the same name:
/// - a key is with one worker at a time
/// - an add during work runs again
/// - adds of a waiting key become one
/// - back-off is per key and resets
/// - of two delays the earlier one counts
/// - after shutdown nothing is taken, and what is taken may finish
package final class WorkQueue<Key: Hashable & Sendable>: Sendable {
    private struct Waiter {
        var id: Int
        var continuation: CheckedContinuation<Key?, Never>
    }

    private struct State {
        var rules = WorkQueueState<Key>()
        /// Workers that wait, in the order in which they came.
        var waiters: [Waiter] = []
        var nextWaiter = 0

        /// Pairs waiting workers with ready keys; after shutdown with nothing.
        mutating func handOver() -> [(Waiter, Key?)] {
            var pairs: [(Waiter, Key?)] = []
            while !waiters.isEmpty {
                let key = rules.take()
                guard key != nil || rules.isShutDown else { break }
                pairs.append((waiters.removeFirst(), key))
            }
            return pairs
        }
    }

    private let state = Mutex(State())
    private let time: Timekeeper
    private let backoff: Backoff
    /// Times from now at which to look for due keys; each is earlier than all that wait, so there are few.
    private let (alarms, alarm) = AsyncStream<Duration>.makeStream()

    package init(
        time: Timekeeper = .system, backoff: Backoff = Backoff(base: .milliseconds(100), cap: .seconds(300))
    ) {
        self.time = time
        self.backoff = backoff
    }

    /// How many keys need a pass now.
    package var depth: Int { state.withLock(\.rules.depth) }

    package func add(_ key: Key) {
        change { rules, _ in
            rules.add(key)
            return nil
        }
    }

    /// Adds the key after a while, unless a pass takes it earlier; needs `run()` to be running.
    package func add(_ key: Key, after delay: Duration) {
        change { rules, now in rules.add(key, at: now + delay) }
    }

    /// Adds the key after its back-off, which doubles with each call until `forget`.
    package func retry(_ key: Key) {
        let failures = state.withLock { $0.rules.countFailure(key) }
        add(key, after: backoff.delay(after: failures))
    }

    /// Ends the key's row of failures.
    package func forget(_ key: Key) { state.withLock { $0.rules.forget(key) } }

    /// The next key, once there is one; nothing after shutdown or when the task is cancelled.
    ///
    /// `finish` must follow.
    package func take() async -> Key? {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { wait(Waiter(id: id, continuation: $0)) }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: nil)
        }
    }

    package func finish(_ key: Key) {
        change { rules, _ in
            rules.finish(key)
            return nil
        }
    }

    /// Ends every `take` with nothing; passes that run go on to their end.
    package func shutDown() {
        change { rules, _ in
            rules.shutDown()
            return nil
        }
        alarm.finish()
    }

    /// Wakes delayed keys; ends at shutdown or when it is cancelled; may be called once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await delay in alarms {
                group.addTask {
                    guard (try? await self.time.sleep(for: delay)) != nil else { return }
                    self.change { rules, now in rules.ring(at: now) }
                }
            }
            group.cancelAll()
        }
    }

    /// Makes one transition, which answers the time to set a timer to, and hands ready keys to waiting workers.
    private func change(_ transition: @Sendable (inout WorkQueueState<Key>, Duration) -> Duration?) {
        let now = time.elapsed()
        let pairs = state.withLock { state in
            // Under the lock, so that timers are set in the order of the transitions.
            if let time = transition(&state.rules, now) { alarm.yield(max(.zero, time - now)) }
            return state.handOver()
        }
        for (waiter, key) in pairs { waiter.continuation.resume(returning: key) }
    }

    private func wait(_ waiter: Waiter) {
        let pairs = state.withLock { state -> [(Waiter, Key?)] in
            // Seen under the lock: either the cancellation shows here, or its handler finds the waiter.
            if Task.isCancelled { return [(waiter, nil)] }
            state.waiters.append(waiter)
            return state.handOver()
        }
        for (waiter, key) in pairs { waiter.continuation.resume(returning: key) }
    }
}
