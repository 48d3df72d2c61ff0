// SPDX-License-Identifier: Apache-2.0

import Clients
import OpenStack
import Reconciling
import Resources
import SiteKinds

extension ProjectReconciler {
    func perform(_ step: Step<Change>, _ input: PassInput, _ observed: World) async throws -> World {
        var observed = observed
        switch step.change {
        case .createNamespace:
            try await createNamespace(input.object)
            observed.namespace = .present
        case .deleteNamespace:
            try await client.remove(.namespace, namespaceKey(input.object))
            observed.namespace = .terminating
        case .create(let site), .describe(let site), .delete(let site), .grant(let site, _):
            guard let index = observed.sites.firstIndex(where: { $0.name == site }) else { break }
            try await perform(step.change, input, &observed.sites[index])
        }
        return observed
    }

    private func perform(_ change: Change, _ input: PassInput, _ seen: inout Seen) async throws {
        let place = place(input, seen.name)
        if case .create = change { return try await create(input, &seen) }
        guard let id = seen.id else { return }
        switch change {
        case .describe:
            let description = Self.description(input, isImported: seen.isImported) ?? ""
            try await cloud.describe(place, id, description)
            seen.description = description
        case .grant(_, let role):
            guard let user = seen.user else { return }
            try await cloud.grant(place, role.id, user, id)
            seen.missingRoles.removeAll { $0 == role }
        case .delete:
            try await cloud.delete(place, id)
            cloud.forget(place)
            seen.id = nil
        case .create, .createNamespace, .deleteNamespace: break
        }
    }

    private func create(_ input: PassInput, _ seen: inout Seen) async throws {
        let place = place(input, seen.name)
        let (user, credential) = try await serviceUser(at: seen.name, input)
        let project = try await cloud.create(
            place,
            Keystone.NewProject(
                name: Self.keystoneName(input.object), description: Self.description(input), tags: [tag(input)]))
        seen.id = project.id
        seen.description = project.description
        seen.missingRoles = try await cloud.missingRoles(place, user, project.id)
        cloud.register(place, project.id, credential)
    }

    /// The mark as Keystone takes it.
    private func tag(_ input: PassInput) -> String { input.mark }

    private func createNamespace(_ object: Object) async throws {
        var namespace = Object(ResourceType.namespace.kind, key: namespaceKey(object))
        namespace.metadata.ownerReferences = [OwnerReference(to: object)]
        do {
            _ = try await client.create(.namespace, namespace, WriteOptions())
        } catch let error as APIError where error.reason == .alreadyExists {
            // A user's own, made at the same time; it is the project's by its name.
        }
    }
}
