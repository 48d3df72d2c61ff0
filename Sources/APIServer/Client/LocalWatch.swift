// SPDX-License-Identifier: Apache-2.0

import Clients
import Resources
import Stores

/// A watch as a controller sees it: pulled event by event, so nothing piles up between.
actor LocalWatch {
    private let watch: ObjectWatch
    private var iterator: CacheWatch.AsyncIterator
    /// In reverse order: the next one stands last.
    private var pending: [WatchEvent]

    init(_ watch: ObjectWatch) throws {
        self.watch = watch
        iterator = watch.changes.makeAsyncIterator()
        pending = try watch.initial.reversed().map { .added(try LocalClient.object($0, watch.target)) }
    }

    /// The next event, `nil` when the watch has ended; throws `APIError.expired` when its reader was too slow.
    func next() async throws -> WatchEvent? {
        while true {
            if let event = pending.popLast() { return event }
            guard let batch = try await batch() else { return nil }
            guard !batch.isEmpty else { return .bookmark(resourceVersion: String(watch.changes.position.value)) }
            pending = try batch.reversed().compactMap { try event($0, watch.served) }
        }
    }

    private func batch() async throws -> [CacheEvent]? {
        var iterator = iterator
        defer { self.iterator = iterator }
        do {
            return try await iterator.next(isolation: #isolation)
        } catch {
            throw APIError(error)
        }
    }

    private func event(_ change: CacheEvent, _ served: ServedResource) throws -> WatchEvent? {
        guard let event = try watch.event(change, as: served) else { return nil }
        let object = try LocalClient.object(event.stored, watch.target)
        return switch event.action {
        case .added: .added(object)
        case .modified: .modified(object)
        case .deleted: .deleted(object)
        }
    }
}
