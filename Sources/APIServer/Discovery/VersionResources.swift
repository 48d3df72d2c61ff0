// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import JSONTree
import Resources
import Schemas

/// The kinds of one group version as discovery spells them.
struct VersionResources {
    let version: GroupVersion
    private let kinds: [ServedResource]
    private let isReadOnly: (ServedResource) -> Bool

    init(_ version: GroupVersion, _ kinds: [ServedResource], _ isReadOnly: @escaping (ServedResource) -> Bool) {
        self.version = version
        self.kinds = kinds.sorted { $0.kind.names.plural < $1.kind.names.plural }
        self.isReadOnly = isReadOnly
    }

    private static let doorVerbs: [JSON] = ["get", "patch", "update"]

    private func verbs(_ kind: ServedResource) -> [JSON] {
        if case .answered = kind.kind.form { return ["create"] }
        if isReadOnly(kind) { return ["get", "list", "watch"] }
        // As upstream lists them, each group in its order.
        let verbs: [JSON] =
            kind.kind.origin == .builtIn
            ? ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
            : ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"]
        return kind.kind.isDeletedOneByOne ? verbs.filter { $0 != "deletecollection" } : verbs
    }

    /// Changes when objects begin to be stored otherwise; made as upstream makes it, so that equal kinds have equal ones.
    private func storageHash(_ kind: ServedResource) -> JSON? {
        guard case .stored = kind.kind.form else { return nil }
        let text = "\(kind.kind.group)/\(kind.kind.storageVersion)/\(kind.kind.names.kind)"
        return .string(Data(SHA256.hash(data: Data(text.utf8)).prefix(8)).base64EncodedString())
    }

    private func hasStatusDoor(_ kind: ServedResource) -> Bool {
        if case .answered = kind.kind.form { return false }
        return kind.version.hasStatus
    }
}

extension VersionResources {
    /// An `APIResourceList`.
    var legacy: JSON {
        let resources = kinds.flatMap { [legacy($0)] + legacyDoors($0) }
        return [
            "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": .string(version.text),
            "resources": .array(resources),
        ]
    }

    private func legacy(_ kind: ServedResource) -> JSON {
        let names = kind.kind.names
        var tree: JSON = [
            "name": .string(names.plural), "singularName": .string(names.singular),
            "namespaced": .bool(kind.kind.isNamespaced), "kind": .string(names.kind), "verbs": .array(verbs(kind)),
        ]
        if !names.shortNames.isEmpty { tree["shortNames"] = .array(names.shortNames.map(JSON.string)) }
        if !names.categories.isEmpty { tree["categories"] = .array(names.categories.map(JSON.string)) }
        tree["storageVersionHash"] = storageHash(kind)
        return tree
    }

    private func legacyDoors(_ kind: ServedResource) -> [JSON] {
        let names = kind.kind.names
        var doors: [JSON] = []
        if hasStatusDoor(kind) {
            doors.append([
                "name": .string("\(names.plural)/status"), "singularName": "",
                "namespaced": .bool(kind.kind.isNamespaced), "kind": .string(names.kind),
                "verbs": .array(Self.doorVerbs),
            ])
        }
        if kind.version.scale != nil {
            doors.append([
                "name": .string("\(names.plural)/\(Target.scaleDoor)"), "singularName": "",
                "namespaced": .bool(kind.kind.isNamespaced), "group": "autoscaling", "version": "v1", "kind": "Scale",
                "verbs": .array(Self.doorVerbs),
            ])
        }
        for action in kind.kind.actions {
            doors.append([
                "name": .string("\(names.plural)/\(action.name)"), "singularName": "",
                "namespaced": .bool(kind.kind.isNamespaced), "group": .string(action.kind.group),
                "version": .string(action.kind.version), "kind": .string(action.kind.kind), "verbs": ["create"],
            ])
        }
        return doors
    }
}

extension VersionResources {
    /// An element of `versions` in an aggregated discovery item.
    var aggregated: JSON {
        ["version": .string(version.version), "resources": .array(kinds.map(aggregated)), "freshness": "Current"]
    }

    private func aggregated(_ kind: ServedResource) -> JSON {
        let names = kind.kind.names
        var tree: JSON = [
            "resource": .string(names.plural), "responseKind": Self.kind(kind.type.kind),
            "scope": kind.kind.isNamespaced ? "Namespaced" : "Cluster", "singularResource": .string(names.singular),
            "verbs": .array(verbs(kind)),
        ]
        if !names.shortNames.isEmpty { tree["shortNames"] = .array(names.shortNames.map(JSON.string)) }
        if !names.categories.isEmpty { tree["categories"] = .array(names.categories.map(JSON.string)) }
        var doors: [JSON] = []
        if hasStatusDoor(kind) {
            doors.append([
                "subresource": "status", "responseKind": Self.kind(kind.type.kind), "verbs": .array(Self.doorVerbs),
            ])
        }
        if kind.version.scale != nil {
            let scale = GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale")
            doors.append([
                "subresource": .string(Target.scaleDoor), "responseKind": Self.kind(scale),
                "verbs": .array(Self.doorVerbs),
            ])
        }
        for action in kind.kind.actions {
            doors.append([
                "subresource": .string(action.name), "responseKind": Self.kind(action.kind), "verbs": ["create"],
            ])
        }
        if !doors.isEmpty { tree["subresources"] = .array(doors) }
        return tree
    }

    private static func kind(_ kind: GroupVersionKind) -> JSON {
        ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind)]
    }
}
