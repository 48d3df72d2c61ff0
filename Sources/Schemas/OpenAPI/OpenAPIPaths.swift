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
        let suffix = everywhere ? "ForAllNamespaces" : ""
        return operation(
            "get", "list", "list", "\(kind.kind.names.kind)\(suffix)", OpenAPIParameter.list,
            answer: kind.listSchemaName)
    }

    private var create: OpenAPIOperation {
        operation(
            "post", "post", "create", kind.kind.names.kind, OpenAPIParameter.write, body: kind.schemaName, code: "201")
    }

    private var deleteCollection: OpenAPIOperation {
        operation(
            "delete", "deletecollection", "deleteCollection", kind.kind.names.kind,
            OpenAPIParameter.list + [.dryRun], body: OpenAPIMeta.deleteOptions, answer: OpenAPIMeta.status)
    }

    private func get(_ door: String) -> OpenAPIOperation { operation("get", "get", "read", door, []) }

    private func replace(_ door: String) -> OpenAPIOperation {
        operation("put", "put", "replace", door, OpenAPIParameter.write, body: kind.schemaName)
    }

    private func patch(_ door: String) -> OpenAPIOperation {
        var operation = operation(
            "patch", "patch", "patch", door, OpenAPIParameter.write + [.force], body: OpenAPIMeta.patch)
        operation.bodyTypes = ["application/merge-patch+json", "application/json-patch+json"]
        return operation
    }

    private var delete: OpenAPIOperation {
        operation(
            "delete", "delete", "delete", kind.kind.names.kind, OpenAPIParameter.delete,
            body: OpenAPIMeta.deleteOptions, answer: OpenAPIMeta.status)
    }

    private func call(_ action: Action) -> OpenAPIOperation {
        let type = action.kind
        var operation = operation(
            "post", "post", "create", kind.kind.names.kind + action.name.capitalizedWord, OpenAPIParameter.write,
            code: "201")
        operation.kind = [
            "group": .string(type.group), "kind": .string(type.kind), "version": .string(type.version),
        ]
        operation.answer = nil
        return operation
    }

    private func operation(
        _ method: String, _ action: String, _ verb: String, _ subject: String, _ parameters: [OpenAPIParameter],
        body: String? = nil, answer: String? = nil, code: String = "200"
    ) -> OpenAPIOperation {
        let place = kind.kind.isNamespaced && !subject.hasSuffix("ForAllNamespaces") ? "Namespaced" : ""
        let group = kind.kind.group.split(separator: ".").map { String($0).capitalizedWord }.joined()
        let version = kind.version.name.capitalizedWord
        return OpenAPIOperation(
            id: verb + (group.isEmpty ? "Core" : group) + version + place + subject,
            method: method, action: action, kind: kind.openAPIKind, parameters: parameters, body: body,
            answer: answer ?? kind.schemaName, code: code)
    }
}

extension String {
    fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
