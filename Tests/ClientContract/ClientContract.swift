// SPDX-License-Identifier: Apache-2.0

package import Clients
import JSONTree
package import Resources
import TestTime

/// What every `ObjectClient` must do, whatever is behind it; run on each implementation.
///
/// A check works in a namespace of its own and leaves nothing behind that another check would see.
package struct ClientContract: Sendable {
    /// One promise, named as a sentence.
    package struct Check: Sendable, CustomStringConvertible {
        package var description: String
        package var run: @Sendable (ClientContract) async throws -> Void

        package init(_ description: String, _ run: @escaping @Sendable (ClientContract) async throws -> Void) {
            self.description = description
            self.run = run
        }
    }

    /// A promise that was not kept.
    package struct Broken: Error, CustomStringConvertible {
        package var description: String
    }

    package var client: any ObjectClient
    /// A namespaced kind with a status door whose spec takes any `size` (integer) and `color` (string).
    package var type: ResourceType
    /// Two organizations that both exist and have the namespace.
    package var organizations: [String]
    package var namespace: String

    package init(client: any ObjectClient, type: ResourceType, organizations: [String], namespace: String) {
        self.client = client
        self.type = type
        self.organizations = organizations
        self.namespace = namespace
    }
}

// MARK: - What the checks are made of

extension ClientContract {
    /// The kind that clients without a schema are checked with.
    package static let widget = ResourceType(
        group: "example.scs.community", version: "v1alpha1", kind: "Widget", plural: "widgets")

    var scope: Scope { Scope(.one(organizations[0]), namespace: namespace) }

    func key(_ name: String, in organization: Int = 0) -> ObjectKey {
        ObjectKey(organization: organizations[organization], namespace: namespace, name: name)
    }

    func make(_ name: String, in organization: Int = 0, spec: JSON = ["size": 1]) -> Object {
        Object(type.kind, key: key(name, in: organization), spec: spec)
    }

    @discardableResult
    func create(_ object: Object, _ options: WriteOptions = WriteOptions()) async throws -> Object {
        try await client.create(type, object, options)
    }

    func patch(_ object: Object, _ patch: JSON, _ options: WriteOptions = WriteOptions()) async throws -> Object {
        try await client.patch(type, object.key, .merge(patch), options)
    }

    /// Deletes objects, whatever holds them.
    func remove(_ names: String..., in organization: Int = 0) async throws {
        for name in names {
            let key = key(name, in: organization)
            guard let object = try await client.find(type, key) else { continue }
            if !object.metadata.finalizers.isEmpty { _ = try await patch(object, ["metadata": ["finalizers": .null]]) }
            if try await client.find(type, key) != nil { try await client.delete(type, key, DeleteOptions()) }
        }
    }

    func expect(_ holds: Bool, _ promise: @autoclosure () -> String) throws {
        guard holds else { throw Broken(description: promise()) }
    }

    func expect(_ reason: APIError.Reason, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as APIError {
            return try expect(error.reason == reason, "expected \(reason.text), got \(error)")
        }
        throw Broken(description: "expected \(reason.text), got success")
    }

    /// Where a watch begins that is to see what comes now.
    ///
    /// Never the beginning of all things: a watch from resourceVersion 0 means another thing in Kubernetes.
    func position(_ scope: Scope) async throws -> String {
        try await create(make("first"))
        try await remove("first")
        return try await client.list(type, ListQuery(scope)).resourceVersion
    }

    /// The first `count` events after a resourceVersion, bookmarks left out.
    func events(_ count: Int, after resourceVersion: String, _ scope: Scope? = nil) async throws -> [WatchEvent] {
        var events: [WatchEvent] = []
        let query = WatchQuery(scope ?? self.scope, after: resourceVersion)
        for try await event in try await client.watch(type, query) {
            if case .bookmark = event { continue }
            events.append(event)
            if events.count == count { break }
        }
        return events
    }
}
