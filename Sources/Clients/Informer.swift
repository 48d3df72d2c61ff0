// SPDX-License-Identifier: Apache-2.0

package import Resources
import ServiceLifecycle
import Synchronization

/// Mirrors the objects of one kind and tells handlers what happens to them: lists in pages, then watches.
///
/// Guarantees, each with a test of the same name:
/// - a handler hears of every object once as added, however late it comes
/// - changes arrive in order, after the mirror has them
/// - a deletion missed while not watching is heard after the next list
/// - a watch resumes where it ended, without a new list
/// - an expired watch lists again
/// - errors are retried with back-off, and the mirror stays readable
package final class Informer: Sendable {
    package typealias Handler = @Sendable (ObjectChange) -> Void

    package let type: ResourceType
    private let scope: Scope
    private let client: any ObjectClient
    private let settings: InformerSettings
    private let time: Timekeeper
    private let mirror = Mutex(Mirror())
    /// Held while changes are made and told, so that each handler hears all of them in order.
    ///
    /// Lock order: `handlers`, then `mirror`.
    private let handlers = Mutex<[Handler]>([])
    private let synced = Gate()

    package init(
        _ type: ResourceType, in scope: Scope = .everywhere, client: any ObjectClient,
        settings: InformerSettings = InformerSettings(), time: Timekeeper = .system
    ) {
        self.type = type
        self.scope = scope
        self.client = client
        self.settings = settings
        self.time = time
    }

    /// The mirror as it is at each moment, whole or not yet.
    package var lister: Lister { Lister(informer: self) }

    func read<Answer: Sendable>(_ read: @Sendable (Mirror) -> Answer) -> Answer { mirror.withLock { read($0) } }

    /// Whether the first list is in.
    package var hasSynced: Bool { synced.isOpen }

    /// Returns once the first list is in and told; throws only `CancellationError`.
    package func waitUntilSynced() async throws { try await synced.wait() }

    /// Adds a handler; it first hears of what is mirrored already.
    ///
    /// Handlers must return quickly (they put keys into a queue) and must not add handlers; they may read the lister.
    package func handle(_ handler: @escaping Handler) {
        handlers.withLock { handlers in
            for object in lister.list() { handler(.added(object)) }
            handlers.append(handler)
        }
    }

    private func tell(_ transition: @Sendable (inout Mirror) -> [MirrorChange]) {
        handlers.withLock { handlers in
            for change in mirror.withLock({ transition(&$0) }) where !handlers.isEmpty {
                let told = change.told
                for handler in handlers { handler(told) }
            }
        }
    }
}

/// How an informer lists and retries.
package struct InformerSettings: Sendable {
    /// Objects per page of a list.
    package var pageSize: Int
    package var backoff: Backoff
    package var labelSelector: String?
    package var fieldSelector: String?
    /// Hears of each failed list or watch, which is then retried.
    package var report: @Sendable (ResourceType, any Error) -> Void

    package init(
        pageSize: Int = 500, backoff: Backoff = Backoff(base: .milliseconds(200), cap: .seconds(30)),
        labelSelector: String? = nil, fieldSelector: String? = nil,
        report: @escaping @Sendable (ResourceType, any Error) -> Void = { _, _ in }
    ) {
        self.pageSize = pageSize
        self.backoff = backoff
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
        self.report = report
    }
}

extension Informer: Service {
    /// Lists and watches until it is cancelled or shut down.
    package func run() async throws {
        try await cancelWhenGracefulShutdown {
            do { try await self.follow() } catch is CancellationError {}
        }
    }

    private func follow() async throws {
        // Where to watch from; absent when everything must be listed first.
        var position: String?
        var failures = 0
        while !Task.isCancelled {
            do {
                if position == nil { position = try await list() }
                failures = try await watch(from: &position) ? 0 : failures + 1
            } catch let error as CancellationError {
                throw error
            } catch {
                failures += 1
                if error.isExpired { position = nil }
                settings.report(type, error)
            }
            if failures > 0 { try await time.sleep(for: settings.backoff.delay(after: failures)) }
        }
    }

    private func list() async throws -> String {
        let query = ListQuery(
            scope, labelSelector: settings.labelSelector, fieldSelector: settings.fieldSelector,
            limit: settings.pageSize)
        let (objects, resourceVersion) = try await client.listAll(type, query, as: MirroredObject.init)
        tell { $0.replace(with: objects) }
        synced.open()
        return resourceVersion
    }

    /// Follows one watch to its end; answers whether anything was heard.
    private func watch(from position: inout String?) async throws -> Bool {
        var hasHeard = false
        let query = WatchQuery(
            scope, after: position ?? "", labelSelector: settings.labelSelector, fieldSelector: settings.fieldSelector)
        for try await event in try await client.watch(type, query) {
            tell { $0.apply(event) }
            position = event.resourceVersion ?? position
            hasHeard = true
        }
        return hasHeard
    }
}
