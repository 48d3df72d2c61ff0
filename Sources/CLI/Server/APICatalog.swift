// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Kubernetes
import Resources

/// The kinds that a server has, found by any of their names.
struct APICatalog: Sendable {
    /// One kind as discovery tells it.
    struct Entry: Hashable, Sendable {
        let type: ResourceType
        let singular: String
        let shortNames: [String]
        let categories: [String]
        let verbs: [String]
        /// Whether somebody reports in `status` how it goes.
        let hasStatus: Bool
    }

    let entries: [Entry]

    /// Asks the server; core kinds come first.
    init(from client: RemoteClient) async throws {
        var entries: [Entry] = []
        for path in ["/api", "/apis"] {
            let document = try await client.document(path, accept: Self.accept)
            guard document["kind"]?.string == "APIGroupDiscoveryList" else {
                throw CLIError("the server has no aggregated discovery; Kubernetes 1.30 or later is needed")
            }
            for group in document["items"]?.array ?? [] { entries += Self.entries(group) }
        }
        self.entries = entries
    }

    /// The preferred version of each kind of a group: the first one that has it.
    private static func entries(_ group: JSON) -> [Entry] {
        var entries: [Entry] = []
        for version in group["versions"]?.array ?? [] {
            for resource in version["resources"]?.array ?? [] {
                let entry = entry(
                    resource, group: group["metadata"]?["name"]?.string ?? "",
                    version: version["version"]?.string ?? "")
                entries.append(entry)
            }
        }
        return entries
    }

    private static func entry(_ resource: JSON, group: String, version: String) -> Entry {
        func texts(_ member: String) -> [String] { resource[member]?.array?.compactMap(\.string) ?? [] }
        return Entry(
            type: ResourceType(
                group: group, version: version, kind: resource["responseKind"]?["kind"]?.string ?? "",
                plural: resource["resource"]?.string ?? "", isNamespaced: resource["scope"]?.string == "Namespaced"),
            singular: resource["singularResource"]?.string ?? "", shortNames: texts("shortNames"),
            categories: texts("categories"), verbs: texts("verbs"),
            hasStatus: resource["subresources"]?.array?.contains { $0["subresource"]?.string == "status" } ?? false)
    }

    private static let accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
}

extension APICatalog {
    /// The kind behind `vm`, `virtualmachine`, `VirtualMachine` or `virtualmachines.compute.scs.community`.
    func type(_ word: String) throws(CLIError) -> ResourceType {
        let word = word.lowercased()
        let parts = word.split(separator: ".", maxSplits: 1).map(String.init)
        let found = entries.first { entry in
            guard entry.names.contains(parts.first ?? "") else { return false }
            guard parts.count == 2 else { return true }
            let version = entry.type.kind.groupVersion
            return parts[1] == version.group || parts[1] == "\(version.version).\(version.group)"
        }
        if let found { return found.type }
        throw CLIError(
            #"the server has no kind "\#(word)"; see what there is with: scs kinds"#, exit: .notFound)
    }

    /// The kinds behind a list such as `vm,volumes`, or behind a category.
    func types(_ words: String) throws(CLIError) -> [ResourceType] {
        var types: [ResourceType] = []
        for word in words.split(separator: ",").map(String.init) {
            let members = entries.filter { $0.categories.contains(word) && $0.verbs.contains("list") }
            types += members.isEmpty ? [try type(word)] : members.map(\.type)
        }
        return types
    }

    /// The kind that an object in a file says it is of.
    func entry(_ kind: GroupVersionKind) throws(CLIError) -> Entry {
        if let entry = entries.first(where: { $0.type.kind == kind }) { return entry }
        throw CLIError(
            #"the server has no kind "\#(kind.kind)" in \#(kind.groupVersion.text); see what there is with: scs kinds"#,
            exit: .notFound)
    }
}

extension APICatalog.Entry {
    fileprivate var names: [String] { [type.plural, singular, type.kind.kind.lowercased()] + shortNames }
}
