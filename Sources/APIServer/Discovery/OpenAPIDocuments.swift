// SPDX-License-Identifier: Apache-2.0

import JSONTree
import ProtobufForms
package import Resources
package import Schemas
import Synchronization

/// The OpenAPI documents, each made when it is first asked for: v3 one a group version, v2 one of all.
///
/// The index names each of v3 with its hash, so that clients fetch only what changed.
package final class OpenAPIDocuments: Sendable {
    private let registry: KindRegistry
    private let shared: OpenAPIDocuments?
    private let made = Mutex<[GroupVersion: Document]>([:])
    private let madeWhole = Mutex<[String: Document]>([:])

    private static let json = "application/json"

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

// MARK: - Version 2

extension OpenAPIDocuments {
    /// The document of version 2, in the form of JSON or protobuf that the client likes best.
    package func whole(accept: String?) throws -> Document {
        let types = accept.map(MediaType.accepted) ?? []
        guard !types.isEmpty else { return try whole(Self.json) }
        for type in types {
            switch type.name {
            case OpenAPIMessage.mediaType, OpenAPIMessage.answerType: return try whole(OpenAPIMessage.answerType)
            case Self.json, "application/*", "*/*": return try whole(Self.json)
            default: continue
            }
        }
        throw APIError.notAcceptable(accepted: [Self.json, OpenAPIMessage.answerType])
    }

    private func whole(_ form: String) throws -> Document {
        if let document = madeWhole.withLock({ $0[form] }) { return document }
        let document = try printed(form)
        return madeWhole.withLock { made in
            let first = made[form] ?? document
            made[form] = first
            return first
        }
    }

    private func printed(_ form: String) throws -> Document {
        let tree = OpenAPI2Document(registry.groupVersions.map { OpenAPIDocument($0, in: registry).tree }).tree
        return form == Self.json
            ? Document(tree) : Document(try OpenAPIMessage.bytes(tree), contentType: form)
    }
}
