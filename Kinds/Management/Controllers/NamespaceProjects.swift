// SPDX-License-Identifier: Apache-2.0

import Clients
import Reconciling
import Resources
import SiteKinds

/// Keeps projects and namespaces in step from the namespace's side: one that a user makes gets its Project, and one that a
/// user deletes takes its Project along.
struct NamespaceProjects: Sendable {
    static let name = "namespace-projects"

    let client: any ObjectClient

    /// Looks at one namespace.
    func pass(_ key: ObjectKey) async throws -> Duration? {
        guard !key.organization.isEmpty, !Project.isReserved(key.name),
            let namespace = try await client.find(.namespace, key)
        else { return nil }
        if namespace.isDeleting {
            try await client.remove(.project, key)
        } else if try await client.find(.project, key) == nil {
            try await create(key)
        }
        return nil
    }

    private func create(_ key: ObjectKey) async throws {
        do {
            _ = try await client.create(.project, Object(ResourceType.project.kind, key: key), WriteOptions())
        } catch let error as APIError where error.reason == .alreadyExists {
            // Its owner was faster.
        }
    }
}
