// SPDX-License-Identifier: Apache-2.0

package import Clients
package import Logging
import Resources
import ServiceLifecycle
import Synchronization

/// Runs a reconciler for all objects of its kind, everywhere: informers fill a work queue, workers run passes.
///
/// An object gets a pass when it appears, when its spec or metadata changes, when an object that it refers to, owns or is
/// used by changes, when its last pass asked for one, and at the resync. A status that changed wakes nobody but those who
/// refer to the object, so a pass does not wake itself.
package final class Controller<R: Reconciler>: Sendable {
    let reconciler: R
    let settings: ControllerSettings
    let queue: WorkQueue<ObjectKey>
    let index = Mutex(ReferenceIndex())
    private let client: any ObjectClient
    private let informers: Informers
    private let pass: Pass<R>
    private let time: Timekeeper
    private let reporter: PassReporter

    /// The informers must run beside the controller; it asks for those that it needs.
    package init(
        _ reconciler: R, client: any ObjectClient, informers: Informers,
        settings: ControllerSettings = ControllerSettings(), time: Timekeeper = .system,
        logger: Logger = Logger(label: "scs.reconciling")
    ) {
        self.reconciler = reconciler
        self.client = client
        self.informers = informers
        self.settings = settings
        self.time = time
        queue = WorkQueue(time: time, backoff: settings.backoff)
        pass = Pass(reconciler, client: client, objects: informers, settings: settings.pass, time: time)
        reporter = PassReporter(kind: reconciler.type.kind.kind, logger: logger)
    }
}

extension Controller: Service {
    /// Works until it is cancelled, or shut down: then the passes that run go on to their end, and no other begins.
    package func run() async throws {
        listen()
        try await withGracefulShutdownHandler {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { await self.queue.run() }
                try await self.untilSynced()
                for _ in 0..<self.settings.workers { group.addTask { await self.work() } }
            }
        } onGracefulShutdown: {
            self.queue.shutDown()
        }
    }

    /// Waits for the mirrors, as a pass that sees half of them would wait for references that are there.
    private func untilSynced() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                for type in self.settings.others.union([self.reconciler.type]) {
                    try await self.informers.informer(for: type).waitUntilSynced()
                }
            }
        } catch is CancellationError {
            queue.shutDown()
        }
    }

    private func listen() {
        informers.informer(for: reconciler.type).handle { self.hear($0) }
        for type in settings.others { informers.informer(for: type).handle { self.hear($0, of: type) } }
    }

    private func work() async {
        while let key = await queue.take() {
            await runPass(key)
            queue.finish(key)
            reporter.depth(queue.depth)
        }
    }

    private func runPass(_ key: ObjectKey) async {
        let begin = time.elapsed()
        do {
            // Read from the server and not from the mirror, which may not have our own last write yet.
            guard let object = try await client.find(reconciler.type, key) else { return queue.forget(key) }
            let report = try await pass.run(object)
            requeue(key, report)
            reporter.report(key, report, took: time.elapsed() - begin)
        } catch is CancellationError {
            return
        } catch {
            queue.retry(key)
            reporter.report(key, error, took: time.elapsed() - begin)
        }
    }

    private func requeue(_ key: ObjectKey, _ report: PassReport) {
        guard let outcome = report.verdict.outcome else {
            if case .failed(let failure) = report.verdict, let wait = failure.retryAfter {
                return queue.add(key, after: wait)
            }
            return queue.retry(key)
        }
        queue.forget(key)
        switch outcome {
        case .gone: break
        case .polling(let delay, _): queue.add(key, after: delay)
        case .settled, .waiting, .rejected: queue.add(key, after: settings.resync * Double.random(in: 0.9...1))
        }
    }
}
