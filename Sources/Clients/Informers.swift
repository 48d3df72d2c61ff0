// SPDX-License-Identifier: Apache-2.0

package import Resources
import ServiceLifecycle
import Synchronization

/// One informer a kind, shared by all who watch it, and a reader over all of them.
package final class Informers: Sendable {
    private let client: any ObjectClient
    private let settings: InformerSettings
    private let time: Timekeeper
    private let informers = Mutex<[ResourceType: Informer]>([:])
    /// One element a kind, so it is bounded by their number.
    private let (begun, begin) = AsyncStream<Informer>.makeStream()

    package init(
        client: any ObjectClient, settings: InformerSettings = InformerSettings(), time: Timekeeper = .system
    ) {
        self.client = client
        self.settings = settings
        self.time = time
    }

    /// The informer of a kind over all organizations, begun when first asked for.
    package func informer(for type: ResourceType) -> Informer {
        informers.withLock { informers in
            if let informer = informers[type] { return informer }
            let informer = Informer(type, client: client, settings: settings, time: time)
            informers[type] = informer
            begin.yield(informer)
            return informer
        }
    }
}

extension Informers: Service {
    /// Runs all informers, also those asked for later, until it is cancelled or shut down; may be called once.
    package func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingDiscardingTaskGroup { group in
                for await informer in self.begun { group.addTask { try await informer.run() } }
                group.cancelAll()
            }
        }
    }
}

extension Informers: ObjectReader {
    /// From the mirror of a kind that is watched and whole, else from the server.
    package func object(_ type: ResourceType, _ key: ObjectKey) async throws -> Object? {
        guard let informer = synced(type) else { return try await client.find(type, key) }
        return informer.lister.get(key)
    }

    package func objects(_ type: ResourceType, in scope: Scope) async throws -> [Object] {
        guard let informer = synced(type) else {
            return try await client.listAll(type, ListQuery(scope, limit: settings.pageSize)).items
        }
        return informer.lister.list(in: scope)
    }

    private func synced(_ type: ResourceType) -> Informer? {
        informers.withLock { $0[type] }.flatMap { $0.hasSynced ? $0 : nil }
    }
}

/// Reads through a client, so always what is there now.
package struct ClientReader: ObjectReader {
    package let client: any ObjectClient

    package init(_ client: any ObjectClient) { self.client = client }

    package func object(_ type: ResourceType, _ key: ObjectKey) async throws -> Object? {
        try await client.find(type, key)
    }

    package func objects(_ type: ResourceType, in scope: Scope) async throws -> [Object] {
        try await client.listAll(type, ListQuery(scope)).items
    }
}
