// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources

extension ObjectClient {
    /// Takes one finalizer from an object as it was read; a conflict throws, and an object that is gone is fine.
    func removeFinalizer(_ finalizer: String, from object: Object, _ type: ResourceType) async throws {
        let finalizers = object.metadata.finalizers.filter { $0 != finalizer }
        guard finalizers.count < object.metadata.finalizers.count else { return }
        try await patchMetadata(of: object, type, ["finalizers": .array(finalizers.map(JSON.string))])
    }

    /// Merges into the metadata of an object as it was read; a conflict throws, and an object that is gone is fine.
    func patchMetadata(of object: Object, _ type: ResourceType, _ changes: JSON) async throws {
        var metadata = changes
        metadata["resourceVersion"] = object.metadata.resourceVersion.map(JSON.string)
        try await ignoringAbsence {
            _ = try await patch(type, object.key, .merge(["metadata": metadata]), WriteOptions())
        }
    }

    /// Asks for the deletion of this very object, not of one of the same name that came later.
    func deleteIfThere(
        _ type: ResourceType, _ object: Object, propagation: DeleteOptions.Propagation
    ) async throws {
        try await ignoringAbsence {
            try await delete(
                type, object.key, DeleteOptions(uid: object.metadata.uid, propagation: propagation))
        }
    }

    private func ignoringAbsence(_ body: () async throws -> Void) async throws {
        do { try await body() } catch let error as APIError where error.reason == .notFound {}
    }
}
