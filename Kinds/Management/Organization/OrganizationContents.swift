// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources

/// What stands in the store for one organization: its default namespace, roles, events and all else.
struct OrganizationContents: Sendable {
    let client: any ObjectClient
    /// All kinds that organizations keep in the store.
    let types: [ResourceType]

    /// How many objects are left, of every kind.
    func count(of organization: String) async throws -> Int {
        var count = 0
        for type in types { count += try await objects(type, of: organization).count }
        return count
    }

    /// Asks for the deletion of every object that is not being deleted already.
    func remove(of organization: String) async throws {
        for type in types {
            for object in try await objects(type, of: organization) where !object.isDeleting {
                try await client.remove(type, object.key)
            }
        }
    }

    private func objects(_ type: ResourceType, of organization: String) async throws -> [Object] {
        try await client.listAll(type, ListQuery(Scope(.one(organization)))).items
    }
}
