// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
package import Resources

extension Pass {
    var finalizer: String { reconciler.type.finalizer }

    func addFinalizer(to object: Object) async throws -> Object {
        let finalizers = object.metadata.finalizers
        guard !finalizers.contains(finalizer) else { return object }
        return try await write(finalizers: finalizers + [finalizer], to: object)
    }

    func removeFinalizer(from object: Object) async throws {
        _ = try await write(finalizers: object.metadata.finalizers.filter { $0 != finalizer }, to: object)
    }

    private func write(finalizers: [String], to object: Object) async throws -> Object {
        let metadata: JSON = [
            "finalizers": .array(finalizers.map(JSON.string)),
            "resourceVersion": .string(object.metadata.resourceVersion ?? ""),
        ]
        return try await client.patch(
            reconciler.type, object.key, .merge(["metadata": metadata]), WriteOptions())
    }
}

extension ResourceType {
    /// What holds an object of this kind while something of it is in the world.
    package var finalizer: String { "\(groupResource.text)/finalizer" }
}
