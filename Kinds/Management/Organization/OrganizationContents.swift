// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources

/// What stands in the store for one organization: its default namespace, roles, events and all else.
struct OrganizationContents: Sendable {
    let client: any ObjectClient
    /// All kinds that an organization keeps in the store, as they are now.
    let types: @Sendable (_ organization: String) -> [ResourceType]

    /// How many objects are left, of every kind.
    func count(of organization: String) async throws -> Int {
        var count = 0
        for type in types(organization) { count += try await objects(type, of: organization).count }
        return count
    }

    /// Asks for the deletion of every object that is not being deleted already.
    func remove(of organization: String) async throws {
        for type in types(organization) {
            for object in try await objects(type, of: organization) where !object.isDeleting {
                try await client.remove(type, object.key)
            }
        }
    }

    private func objects(_ type: ResourceType, of organization: String) async throws -> [Object] {
        // Some kinds show the root's objects too.
        try await client.listAll(type, ListQuery(Scope(.one(organization)))).items
            .filter { $0.organization == organization }
    }
}
