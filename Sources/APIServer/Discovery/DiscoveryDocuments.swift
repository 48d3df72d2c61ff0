// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Resources
import Schemas

/// What clients read to learn which kinds are served, in the old form (a document a group version) and the aggregated one.
///
/// https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api
package struct DiscoveryDocuments: Sendable {
    private let documents: [RequestPath.Discovery: Document]
    private let aggregated: [Key: Document]

    private struct Key: Hashable {
        let isCore: Bool
        let version: String
    }

    /// The documents of these kinds, which stand in the order of their group versions.
    ///
    /// Of the read-only ones only reading verbs are told.
    package init(_ kinds: [ServedResource], isReadOnly: @escaping @Sendable (ServedResource) -> Bool = { _ in false }) {
        let versions = kinds.map(\.resource.groupVersion).reduce(into: [GroupVersion]()) { versions, version in
            if versions.last != version { versions.append(version) }
        }
        let resources = versions.map { version in
            VersionResources(version, kinds.filter { $0.resource.groupVersion == version }, isReadOnly)
        }
        documents = Self.legacy(versions, resources)
        var aggregated: [Key: Document] = [:]
        for version in ["v2", "v2beta1"] {
            for isCore in [true, false] {
                let chosen = resources.filter { $0.version.group.isEmpty == isCore }
                aggregated[Key(isCore: isCore, version: version)] = Self.aggregate(chosen, version)
            }
        }
        self.aggregated = aggregated
    }

    /// The document at a path, in the best form that the client takes; absent for a group or version that is not served.
    package func document(_ path: RequestPath.Discovery, accept: String?) throws(APIError) -> Document? {
        let types = accept.map(MediaType.accepted) ?? []
        for type in types {
            guard ["application/json", "application/*", "*/*"].contains(type.name) else { continue }
            guard type["as"] != nil else { return documents[path] }
            guard path == .core || path == .groups, type["as"] == "APIGroupDiscoveryList",
                type["g"] == "apidiscovery.k8s.io", let version = type["v"]
            else { continue }
            if let document = aggregated[Key(isCore: path == .core, version: version)] { return document }
        }
        guard types.isEmpty else {
            throw .notAcceptable(accepted: ["application/json"])
        }
        return documents[path]
    }
}

// MARK: - The old form

extension DiscoveryDocuments {
    private static func legacy(
        _ versions: [GroupVersion], _ resources: [VersionResources]
    ) -> [RequestPath.Discovery: Document] {
        var documents: [RequestPath.Discovery: Document] = [:]
        let core = versions.filter(\.group.isEmpty).map { JSON.string($0.version) }
        // Whoever serves it puts the address there by which the client came.
        documents[.core] = Document([
            "kind": "APIVersions", "versions": .array(core), "serverAddressByClientCIDRs": [],
        ])
        var groups: [JSON] = []
        for name in versions.map(\.group) where !name.isEmpty && documents[.group(name)] == nil {
            let group = group(name, versions.filter { $0.group == name })
            groups.append(group)
            documents[.group(name)] = Document(typed("APIGroup", group))
        }
        documents[.groups] = Document(["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(groups)])
        for resource in resources { documents[.resources(resource.version)] = Document(resource.legacy) }
        return documents
    }

    private static func group(_ name: String, _ versions: [GroupVersion]) -> JSON {
        let entries = versions.map {
            JSON.object(JSONObject([("groupVersion", .string($0.text)), ("version", .string($0.version))]))
        }
        return ["name": .string(name), "versions": .array(entries), "preferredVersion": entries.first ?? .null]
    }

    private static func typed(_ kind: String, _ tree: JSON) -> JSON {
        let head: [(String, JSON)] = [("kind", .string(kind)), ("apiVersion", "v1")]
        return .object(JSONObject(head + (tree.object?.members ?? []).map { ($0.key, $0.value) }))
    }
}

// MARK: - The aggregated form

extension DiscoveryDocuments {
    private static func aggregate(_ resources: [VersionResources], _ version: String) -> Document {
        var groups: [String] = []
        for resource in resources where !groups.contains(resource.version.group) {
            groups.append(resource.version.group)
        }
        let items = groups.map { name -> JSON in
            let versions = resources.filter { $0.version.group == name }.map(\.aggregated)
            return ["metadata": name.isEmpty ? [:] : ["name": .string(name)], "versions": .array(versions)]
        }
        let tree: JSON = [
            "kind": "APIGroupDiscoveryList", "apiVersion": .string("apidiscovery.k8s.io/\(version)"), "metadata": [:],
            "items": .array(items),
        ]
        return Document(
            tree, contentType: "application/json;g=apidiscovery.k8s.io;v=\(version);as=APIGroupDiscoveryList")
    }
}
