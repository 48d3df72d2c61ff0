// SPDX-License-Identifier: Apache-2.0

package import Clients
import ServiceLifecycle

/// Workers around a queue of keys: runs a pass for each key that was added, again with back-off after an error.
///
/// For controllers that drive objects only; those that drive a site have `Controller`.
package final class KeyLoop<Key: Hashable & Sendable>: Sendable {
    /// What is to be done for one key; answers when to look again, if at all.
    package typealias Pass = @Sendable (Key) async throws -> Duration?

    private let queue: WorkQueue<Key>
    private let informers: [Informer]
    private let workers: Int
    private let report: @Sendable (any Error) -> Void
    private let pass: Pass

    /// Passes wait until the informers have synced; `report` hears of each error, which is then retried.
    package init(
        waitingFor informers: [Informer], workers: Int = 4, time: Timekeeper,
        report: @escaping @Sendable (any Error) -> Void, pass: @escaping Pass
    ) {
        queue = WorkQueue(time: time)
        self.informers = informers
        self.workers = workers
        self.report = report
        self.pass = pass
    }

    /// Asks for a pass.
    package func add(_ key: Key) { queue.add(key) }

    private func work() async {
        while let key = await queue.take() {
            do {
                let delay = try await pass(key)
                queue.forget(key)
                if let delay { queue.add(key, after: delay) }
            } catch {
                report(error)
                queue.retry(key)
            }
            queue.finish(key)
        }
    }
}

extension KeyLoop: Service {
    /// Works until it is cancelled; at a graceful shutdown the passes that run are finished first.
    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                for informer in self.informers { try await informer.waitUntilSynced() }
            }
        } catch is CancellationError {
            return
        }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.queue.run() }
                for _ in 0..<workers { group.addTask { await self.work() } }
            }
        } onGracefulShutdown: {
            self.queue.shutDown()
        }
    }
}
