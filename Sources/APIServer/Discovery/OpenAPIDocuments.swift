// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Resources
package import Schemas
import Synchronization

/// The OpenAPI v3 documents, one a group version, each made when it is first asked for.
///
/// The index names each with its hash, so that clients fetch only what changed.
package final class OpenAPIDocuments: Sendable {
    private let registry: KindRegistry
    private let shared: OpenAPIDocuments?
    private let made = Mutex<[GroupVersion: Document]>([:])

    /// Documents for all that a registry serves.
    ///
    /// - Parameter shared: has the documents of the group versions that hold built-in kinds only.
    package init(_ registry: KindRegistry, sharing shared: OpenAPIDocuments? = nil) {
        self.registry = registry
        self.shared = shared
    }

    /// Absent for a group version that is not served.
    package func document(_ version: GroupVersion) -> Document? {
        guard registry.groupVersions.contains(version) else { return nil }
        if let shared, registry.served(in: version).allSatisfy({ $0.kind.origin == .builtIn }) {
            return shared.document(version)
        }
        if let document = made.withLock({ $0[version] }) { return document }
        let document = Document(OpenAPIDocument(version, in: registry).tree)
        return made.withLock { made in
            let first = made[version] ?? document
            made[version] = first
            return first
        }
    }

    /// What `/openapi/v3` answers; the prefix is that of an organization's path.
    package func index(prefix: String) -> Document {
        var paths = JSONObject()
        for version in registry.groupVersions {
            guard let document = document(version) else { continue }
            let path = version.group.isEmpty ? "api/\(version.version)" : "apis/\(version.text)"
            let location = "\(prefix)/openapi/v3/\(path)?hash=\(document.hash)"
            paths[path] = ["serverRelativeURL": .string(location)]
        }
        return Document(["paths": .object(paths)])
    }
}
