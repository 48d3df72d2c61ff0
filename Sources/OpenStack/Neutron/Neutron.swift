// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// The network service.
///
/// The mark travels in `description`, which every kind of thing here has and can be searched by; only ports take tags
/// when they are made. https://docs.openstack.org/api-ref/network/v2/
package struct Neutron: Sendable {
    package let session: Session

    package init(_ session: Session) { self.session = session }
}

/// The five shapes that all of Neutron's collections share.
extension Neutron {
    /// In pages of 500: Neutron sends a whole collection at once unless it is asked for pages.
    func list<Value: Decodable>(_ collection: String, _ path: CallPath, _ query: Query) async throws -> [Value] {
        try await session.list(
            Call("list \(collection)", .network, .get, path, query: query.with("limit", default: "500")), at: collection
        )
    }

    func show<Value: Decodable>(_ thing: String, _ path: CallPath) async throws -> Value {
        try await session.one(Call("show \(thing)", .network, .get, path), at: thing)
    }

    func create<Value: Decodable>(
        _ thing: String, _ path: CallPath, _ body: some Encodable, _ native: JSONObject
    ) async throws -> Value {
        try await session.create(Call("create \(thing)", .network, .post, path), body, native: native, at: thing)
    }

    /// The changes are the members that change, and no others.
    func update<Value: Decodable>(_ thing: String, _ path: CallPath, _ changes: JSON) async throws -> Value {
        let body = JSON.object(JSONObject([(thing, changes)]))
        return try await session.one(
            Call("update \(thing)", .network, .put, path, body: body, isIdempotent: true), at: thing)
    }

    func delete(_ thing: String, _ path: CallPath) async throws {
        try await session.perform(Call("delete \(thing)", .network, .delete, path))
    }
}
