// SPDX-License-Identifier: Apache-2.0

package import Resources

/// All kinds that are served at one moment: an immutable value, replaced as a whole when kinds come or go.
package struct KindRegistry: Sendable {
    /// In the order given.
    package let kinds: [Kind]
    /// Groups and, in each, versions in order of preference; the core group first.
    package let groupVersions: [GroupVersion]
    private let byResource: [GroupVersionResource: ServedKind]
    private let byKind: [GroupVersionKind: ServedKind]
    private let byGroupResource: [GroupResource: Kind]
    private let byWord: [String: [Kind]]

    package static let empty = KindRegistry(checked: [])

    /// - Throws: `InvalidKinds`, which lists everything that is wrong with the kinds, alone and together.
    package init(_ kinds: [Kind]) throws(InvalidKinds) {
        let problems = kinds.flatMap(\.problems) + kinds.clashes
        guard problems.isEmpty else { throw InvalidKinds(problems: problems) }
        self.init(checked: kinds)
    }

    /// Kinds that are known to fit together, or that must be served as well as they can.
    package init(checked kinds: [Kind]) {
        let served = kinds.flatMap { kind in
            kind.versions.filter(\.isServed).map { ServedKind(kind: kind, version: $0) }
        }
        self.kinds = kinds
        groupVersions = Self.preference(of: served)
        byResource = Dictionary(served.map { ($0.type.resource, $0) }, uniquingKeysWith: { first, _ in first })
        byKind = Dictionary(served.map { ($0.type.kind, $0) }, uniquingKeysWith: { first, _ in first })
        byGroupResource = Dictionary(kinds.map { ($0.groupResource, $0) }, uniquingKeysWith: { first, _ in first })
        byWord = kinds.reduce(into: [:]) { words, kind in
            for word in kind.names.words { words[word, default: []].append(kind) }
        }
    }

    private static func preference(of served: [ServedKind]) -> [GroupVersion] {
        var groups: [String] = served.contains { $0.kind.group.isEmpty } ? [""] : []
        var versions: [String: [String]] = [:]
        for item in served {
            let group = item.kind.group
            if !groups.contains(group) { groups.append(group) }
            if versions[group]?.contains(item.version.name) != true {
                versions[group, default: []].append(item.version.name)
            }
        }
        return groups.flatMap { group in
            (versions[group] ?? []).sorted { VersionPriority($0) < VersionPriority($1) }
                .map { GroupVersion(group: group, version: $0) }
        }
    }
}

extension KindRegistry {
    /// What a path names.
    package func served(_ resource: GroupVersionResource) -> ServedKind? { byResource[resource] }

    /// What a body's `apiVersion` and `kind` name.
    package func served(_ kind: GroupVersionKind) -> ServedKind? { byKind[kind] }

    package func kind(_ resource: GroupResource) -> Kind? { byGroupResource[resource] }

    /// Those that a person may mean by a word: kind, plural, singular or short name, with or without `.group` behind it.
    package func kinds(named word: String) -> [Kind] {
        let word = word.lowercased()
        if let kinds = byWord[word] { return kinds }
        guard let dot = word.firstIndex(of: ".") else { return [] }
        let group = word[word.index(after: dot)...]
        return (byWord[String(word[..<dot])] ?? []).filter { $0.group == group }
    }

    /// The served kinds of a group and version, in the order given.
    package func served(in groupVersion: GroupVersion) -> [ServedKind] {
        kinds.filter { $0.group == groupVersion.group }.compactMap { kind in
            kind.version(groupVersion.version).flatMap { $0.isServed ? ServedKind(kind: kind, version: $0) : nil }
        }
    }

    /// In order of preference; the core group's name is empty.
    package var groups: [String] {
        groupVersions.map(\.group).reduce(into: []) { groups, group in if groups.last != group { groups.append(group) }
        }
    }

    /// The served versions of a group, the preferred first.
    package func versions(of group: String) -> [String] { groupVersions.filter { $0.group == group }.map(\.version) }
}

/// A kind in one of its versions.
package struct ServedKind: Sendable {
    package let kind: Kind
    package let version: KindVersion

    package init(kind: Kind, version: KindVersion) {
        self.kind = kind
        self.version = version
    }

    package var type: ResourceType { kind.type(version: version.name) }
    package var isStorageVersion: Bool { kind.storageVersion == version.name }
}

extension Kind.Names {
    /// Every word that means the kind on a command line, each once.
    var words: Set<String> { Set([kind.lowercased(), plural, singular] + shortNames) }
}
