// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources

/// The OpenAPI v3 document of one group and version, as `/openapi/v3/apis/GROUP/VERSION` serves it.
///
/// kubectl reads the fields for `explain` from its schemas, and from the parameters of its operations what a server can
/// do (`fieldValidation`, `dryRun`).
package struct OpenAPIDocument: Sendable {
    package let groupVersion: GroupVersion
    private let kinds: [ServedKind]

    package init(_ groupVersion: GroupVersion, in registry: KindRegistry) {
        self.groupVersion = groupVersion
        kinds = registry.served(in: groupVersion)
    }

    package var tree: JSON {
        let paths = kinds.flatMap { OpenAPIPaths(of: $0).members }
        return [
            "openapi": "3.0.0", "info": ["title": "SCS Central", "version": .string(groupVersion.version)],
            "paths": .object(JSONObject(paths)), "components": ["schemas": .object(JSONObject(schemas))],
        ]
    }

    private var schemas: [(String, JSON)] {
        kinds.flatMap { kind -> [(String, JSON)] in
            guard case .stored = kind.kind.form else { return [(kind.schemaName, kind.objectSchema)] }
            return [(kind.schemaName, kind.objectSchema), (kind.listSchemaName, kind.listSchema)]
        } + OpenAPIMeta.schemas
    }
}

extension ServedKind {
    /// As upstream names schemas: the group's name backwards, the version, the kind.
    var schemaName: String {
        let group = kind.group
        let isUpstream = !group.contains(".") || group.hasSuffix(".k8s.io")
        let first = group.split(separator: ".").first.map(String.init) ?? "core"
        let prefix = isUpstream ? "io.k8s.api.\(first)" : group.split(separator: ".").reversed().joined(separator: ".")
        return "\(prefix).\(version.name).\(kind.names.kind)"
    }

    var listSchemaName: String { schemaName + "List" }

    /// The extension that ties a schema or an operation to its kind.
    var openAPIKind: JSON {
        [
            "group": .string(kind.group), "kind": .string(kind.names.kind), "version": .string(version.name),
        ]
    }

    fileprivate var objectSchema: JSON {
        let metadata: JSON = [
            "description": .string(Schema.objectMeta.description), "default": [:],
            "allOf": [OpenAPIMeta.reference(OpenAPIMeta.objectMeta)],
        ]
        var tree = version.schema.openAPIResource(metadata: metadata)
        tree["x-kubernetes-group-version-kind"] = [openAPIKind]
        return tree
    }

    fileprivate var listSchema: JSON {
        var list = openAPIKind
        list["kind"] = .string(kind.names.listKind)
        return [
            "description": .string("A list of \(kind.names.kind)."), "type": "object", "required": ["items"],
            "properties": [
                "apiVersion": ["type": "string"], "kind": ["type": "string"],
                "metadata": ["allOf": [OpenAPIMeta.reference(OpenAPIMeta.listMeta)], "default": [:]],
                "items": ["type": "array", "items": OpenAPIMeta.reference(schemaName)],
            ],
            "x-kubernetes-group-version-kind": [list],
        ]
    }
}
