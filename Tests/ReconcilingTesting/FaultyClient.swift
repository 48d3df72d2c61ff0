// SPDX-License-Identifier: Apache-2.0

package import Clients
package import Resources
import Synchronization

/// A client that passes everything on and goes wrong as told.
package final class FaultyClient: ObjectClient {
    /// What is asked of the client.
    package struct Call: Hashable, Sendable {
        package enum Verb: Hashable, Sendable { case get, list, watch, create, update, patch, delete }

        package var verb: Verb
        package var resource: String
        package var subresource: String?
    }

    /// Throws to make a call fail before it has any effect; may also do something else first, as another writer would.
    package typealias Fault = @Sendable (Call) async throws -> Void

    private let client: any ObjectClient
    private let crash: CrashSwitch
    private let fault: Fault
    private let made = Mutex<[Call]>([])

    package init(
        _ client: any ObjectClient, crash: CrashSwitch = CrashSwitch(), fault: @escaping Fault = { _ in }
    ) {
        self.client = client
        self.crash = crash
        self.fault = fault
    }

    /// The calls so far, in order.
    package var calls: [Call] { made.withLock { $0 } }

    private func call<Answer: Sendable>(
        _ verb: Call.Verb, _ type: ResourceType, _ subresource: String? = nil,
        _ body: @Sendable (any ObjectClient) async throws -> Answer
    ) async throws -> Answer {
        let call = Call(verb: verb, resource: type.plural, subresource: subresource)
        return try await crash.call {
            self.made.withLock { $0.append(call) }
            try await self.fault(call)
            return try await body(self.client)
        }
    }

    package func get(_ type: ResourceType, _ key: ObjectKey) async throws -> Object {
        try await call(.get, type) { try await $0.get(type, key) }
    }

    package func list(_ type: ResourceType, _ query: ListQuery) async throws -> ObjectList {
        try await call(.list, type) { try await $0.list(type, query) }
    }

    package func watch(
        _ type: ResourceType, _ query: WatchQuery
    ) async throws -> AsyncThrowingStream<WatchEvent, any Error> {
        try await call(.watch, type) { try await $0.watch(type, query) }
    }

    package func create(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        try await call(.create, type, options.subresource) { try await $0.create(type, object, options) }
    }

    package func update(_ type: ResourceType, _ object: Object, _ options: WriteOptions) async throws -> Object {
        try await call(.update, type, options.subresource) { try await $0.update(type, object, options) }
    }

    package func patch(
        _ type: ResourceType, _ key: ObjectKey, _ patch: Patch, _ options: WriteOptions
    ) async throws -> Object {
        try await call(.patch, type, options.subresource) { try await $0.patch(type, key, patch, options) }
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey, _ options: DeleteOptions) async throws {
        try await call(.delete, type) { try await $0.delete(type, key, options) }
    }
}
