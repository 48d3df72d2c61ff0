// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

/// The paths under which one kind is served, with their operations.
struct OpenAPIPaths {
    private let kind: ServedKind
    private let root: String

    init(of kind: ServedKind) {
        self.kind = kind
        let groupVersion = kind.type.kind.groupVersion
        root = (groupVersion.group.isEmpty ? "/api/" : "/apis/") + groupVersion.text
    }

    var members: [(String, JSON)] {
        let names = kind.kind.names
        let isNamespaced = kind.kind.isNamespaced
        let collection = isNamespaced ? "\(root)/namespaces/{namespace}/\(names.plural)" : "\(root)/\(names.plural)"
        let place = isNamespaced ? [OpenAPIParameter.namespace] : []
        guard case .stored = kind.kind.form else { return [(collection, item(place, [create]))] }
        let object = "\(collection)/{name}"
        let named = [OpenAPIParameter.name] + place
        var members = [
            (collection, item(place, [list, create, deleteCollection])),
            (object, item(named, [get(names.kind), replace(names.kind), patch(names.kind), delete])),
        ]
        if kind.version.hasStatus {
            let door = names.kind + "Status"
            members.append(("\(object)/status", item(named, [get(door), replace(door), patch(door)])))
        }
        for action in kind.kind.actions { members.append(("\(object)/\(action.name)", item(named, [call(action)]))) }
        if isNamespaced { members.append(("\(root)/\(names.plural)", item([], [list(everywhere: true)]))) }
        return members
    }

    private func item(_ parameters: [OpenAPIParameter], _ operations: [OpenAPIOperation]) -> JSON {
        var tree = JSON.object(JSONObject(operations.map { ($0.method, $0.tree) }))
        if !parameters.isEmpty { tree["parameters"] = .array(parameters.map(\.tree)) }
        return tree
    }

    // MARK: Operations

    private var list: OpenAPIOperation { list(everywhere: false) }

    private func list(everywhere: Bool) -> OpenAPIOperation {
        let word = kind.kind.names.kind
        var list = operation("get", verb: "list", everywhere ? "\(word)ForAllNamespaces" : word)
        list.action = "list"
        list.parameters = OpenAPIParameter.list
        list.answer = kind.listSchemaName
        return list
    }

    private var create: OpenAPIOperation {
        var create = operation("post", verb: "create", kind.kind.names.kind)
        create.parameters = OpenAPIParameter.write
        create.body = kind.schemaName
        create.code = "201"
        return create
    }

    private var deleteCollection: OpenAPIOperation {
        var delete = operation("delete", verb: "deleteCollection", kind.kind.names.kind)
        delete.action = "deletecollection"
        delete.parameters = OpenAPIParameter.list + [.dryRun]
        delete.body = OpenAPIMeta.deleteOptions
        delete.answer = OpenAPIMeta.status
        return delete
    }

    private func get(_ door: String) -> OpenAPIOperation { operation("get", verb: "read", door) }

    private func replace(_ door: String) -> OpenAPIOperation {
        var replace = operation("put", verb: "replace", door)
        replace.parameters = OpenAPIParameter.write
        replace.body = kind.schemaName
        return replace
    }

    private func patch(_ door: String) -> OpenAPIOperation {
        var patch = operation("patch", verb: "patch", door)
        patch.parameters = OpenAPIParameter.write + [.force]
        patch.body = OpenAPIMeta.patch
        patch.bodyTypes = [
            "application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json",
        ]
        if kind.kind.isUpstreamType { patch.bodyTypes.append("application/strategic-merge-patch+json") }
        return patch
    }

    private var delete: OpenAPIOperation {
        var delete = operation("delete", verb: "delete", kind.kind.names.kind)
        delete.parameters = OpenAPIParameter.delete
        delete.body = OpenAPIMeta.deleteOptions
        delete.answer = OpenAPIMeta.status
        return delete
    }

    private func call(_ action: Action) -> OpenAPIOperation {
        let type = action.kind
        var call = operation("post", verb: "create", kind.kind.names.kind + action.name.capitalizedWord)
        call.parameters = OpenAPIParameter.write
        call.code = "201"
        call.kind = ["group": .string(type.group), "kind": .string(type.kind), "version": .string(type.version)]
        call.answer = nil
        return call
    }

    /// An operation that answers with the object; the subject is the kind, or a door beside it.
    private func operation(_ method: String, verb: String, _ subject: String) -> OpenAPIOperation {
        let place = kind.kind.isNamespaced && !subject.hasSuffix("ForAllNamespaces") ? "Namespaced" : ""
        let group = kind.kind.group.split(separator: ".").map { String($0).capitalizedWord }.joined()
        let version = kind.version.name.capitalizedWord
        return OpenAPIOperation(
            id: verb + (group.isEmpty ? "Core" : group) + version + place + subject,
            method: method, action: method, kind: kind.openAPIKind, answer: kind.schemaName)
    }
}

extension String {
    fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
