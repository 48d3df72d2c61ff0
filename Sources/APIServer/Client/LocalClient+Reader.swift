// SPDX-License-Identifier: Apache-2.0

import Clients
package import Resources

extension LocalClient: ObjectReader {
    /// The object, or nothing when there is none; asks for the service's permission as `get` does.
    package func object(_ type: ResourceType, _ key: ObjectKey) async throws -> Object? {
        do {
            return try await get(type, key)
        } catch let error as APIError where error.reason == .notFound {
            return nil
        }
    }

    /// All objects of a scope that the service may list.
    package func objects(_ type: ResourceType, in scope: Scope) async throws -> [Object] {
        try await list(type, .init(scope)).items
    }
}
