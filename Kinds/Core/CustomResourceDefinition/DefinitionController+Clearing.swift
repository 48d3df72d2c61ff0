// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources
import Schemas

extension DefinitionController {
    /// Takes the objects of a definition that is being deleted away, then lets it go.
    func clear(_ object: Object) async throws -> Duration? {
        let definition = Definition(object.tree)
        let isHeld = object.metadata.finalizers.contains(CustomResourceDefinition.finalizer)
        guard isHeld else { return nil }
        let resource = GroupResource(definitionName: object.metadata.name)
        let isServed = book.current.defined(in: object.organization).contains { $0.groupResource == resource }
        if isServed || definition.isEstablished {
            // From now on the kind takes no new objects.
            serve(definition, as: definition.acceptedNames, object.key)
            let remaining = try await removeObjects(of: definition, in: object.organization)
            guard remaining == 0 else {
                try await tell(remaining, of: object)
                return Self.poll
            }
        }
        withdraw(object.key)
        try await client.removeFinalizer(
            CustomResourceDefinition.finalizer, from: object, CustomResourceDefinition.type)
        return nil
    }

    /// Asks for the deletion of all objects; answers how many are still there.
    private func removeObjects(of definition: Definition, in organization: String) async throws -> Int {
        let kind = definition.kind(as: definition.acceptedNames)
        guard let version = kind.versions.first(where: \.isServed) else { return 0 }
        let type = kind.type(version: version.name)
        let scope = Scope(organization.isEmpty ? .everywhere : .one(organization))
        let objects = try await client.listAll(type, ListQuery(scope, limit: 500)).items
        let pages = book.current
        // An organization that defines the same for itself keeps its objects.
        let ours = objects.filter { object in
            object.organization == organization
                || !pages.defined(in: object.organization).contains { $0.clashes(with: kind) }
        }
        for object in ours where !object.isDeleting {
            try await client.deleteIfThere(type, object, propagation: .background)
        }
        guard !ours.isEmpty else { return 0 }
        let left = try await client.listAll(type, ListQuery(scope, limit: 500)).items
        let asked = Set(ours.map(\.key))
        return left.count { asked.contains($0.key) }
    }

    private func tell(_ remaining: Int, of object: Object) async throws {
        typealias Type = CustomResourceDefinition.ConditionType
        var new = object
        new.setCondition(
            condition(
                Type.terminating, true, CustomResourceDefinition.Reason.deletionInProgress,
                "CustomResource deletion is in progress; \(remaining) objects are still there"))
        try await write(new, over: object)
    }
}
