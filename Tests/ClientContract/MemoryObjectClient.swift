// SPDX-License-Identifier: Apache-2.0

package import Clients
import JSONTree
package import Resources
import Synchronization
import TestTime

/// An API server's objects in memory, for tests: revisions, generations, conflicts, the status door, finalizers, watches.
///
/// It takes every kind without a schema and gives each a status door; nothing is validated, admitted or collected.
package final class MemoryObjectClient: ObjectClient {
    private let state = Mutex(MemoryObjects())
    private let time: Timekeeper

    package init(time: Timekeeper = .system) { self.time = time }

    package func get(_ type: ResourceType, _ key: ObjectKey) async throws -> Object {
        try state.withLock { try $0.get(type, key) }
    }

    package func list(_ type: ResourceType, _ query: ListQuery) async throws -> ObjectList {
        try state.withLock { try $0.list(type, query) }
    }

    package func watch(
        _ type: ResourceType, _ query: WatchQuery
    ) async throws -> AsyncThrowingStream<WatchEvent, any Error> {
        // Unbounded, as a test reads what it makes.
        let (stream, continuation) = AsyncThrowingStream<WatchEvent, any Error>.makeStream()
        let id = try state.withLock { try $0.watch(type, query, continuation) }
        continuation.onTermination = { _ in self.state.withLock { $0.endWatch(id) } }
        return stream
    }

    package func create(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        let now = time.wall()
        return try state.withLock { try $0.create(type, object, options, now: now) }
    }

    package func update(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        try state.withLock { state in
            guard object.metadata.resourceVersion != nil else {
                throw APIError(.invalid, "metadata.resourceVersion must be specified for an update")
            }
            return try state.write(type, object.key, options) { _ in object.tree }
        }
    }

    package func patch(
        _ type: ResourceType, _ key: ObjectKey, _ patch: Patch, _ options: WriteOptions
    ) async throws -> Object {
        try state.withLock { try $0.write(type, key, options) { try patch.applied(to: $0) } }
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey, _ options: DeleteOptions) async throws {
        let now = time.wall()
        try state.withLock { try $0.delete(type, key, options, now: now) }
    }
}

extension MemoryObjectClient {
    /// Creates an object with the status that it carries, as if its controller had written it.
    @discardableResult
    package func seed(_ type: ResourceType, _ object: Object) async throws -> Object {
        let created = try await create(type, object, WriteOptions())
        guard let status = object.status else { return created }
        return try await patch(type, created.key, .merge(["status": status]), .status)
    }

    /// Forgets history, so that older watches answer *expired*.
    package func compact() { state.withLock { $0.compact() } }

    /// Ends all watches as a server does that closes its connections; absent `error` means in good order.
    package func endWatches(throwing error: (any Error)? = nil) {
        let watchers = state.withLock(\.watchers)
        for watcher in watchers.values { watcher.continuation.finish(throwing: error) }
    }

    /// Sends every watcher the present revision.
    package func sendBookmarks() { state.withLock { $0.sendBookmarks() } }

    package var watcherCount: Int { state.withLock(\.watchers.count) }

    /// How many writes took effect so far.
    package var revision: Int64 { state.withLock(\.revision) }
}

extension Patch {
    fileprivate func applied(to tree: JSON) throws -> JSON {
        switch self {
        case .merge(let patch): return tree.merging(patch)
        case .json(let patch):
            do throws(JSONPatchError) {
                return try tree.applying(try JSONPatch(tree: patch))
            } catch {
                throw APIError(.invalid, error.description)
            }
        case .strategic, .apply: throw APIError(.unsupportedMediaType, "this client in memory knows no schemas")
        }
    }
}
