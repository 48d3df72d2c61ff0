// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Schema {
    /// The schema as OpenAPI v3 writes it, with Kubernetes' extensions.
    ///
    /// https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/
    package var openAPI: JSON {
        var tree = JSON.object(JSONObject())
        if !description.isEmpty { tree["description"] = .string(description) }
        tree["type"] = form.openAPIType.map(JSON.string)
        tree["format"] = format.map(JSON.string)
        if isNullable { tree["nullable"] = true }
        tree["default"] = defaultValue
        if !allowed.isEmpty { tree["enum"] = .array(allowed) }
        writeLimits(to: &tree)
        writeMembers(to: &tree)
        writeExtensions(to: &tree)
        return tree
    }

    private func writeLimits(to tree: inout JSON) {
        tree["minLength"] = minLength.map(JSON.init(count:))
        tree["maxLength"] = maxLength.map(JSON.init(count:))
        tree["pattern"] = pattern.map(JSON.string)
        tree["minimum"] = minimum.map(JSON.init(limit:))
        tree["maximum"] = maximum.map(JSON.init(limit:))
        if isMinimumExclusive { tree["exclusiveMinimum"] = true }
        if isMaximumExclusive { tree["exclusiveMaximum"] = true }
        tree["multipleOf"] = multipleOf.map(JSON.init(limit:))
        tree["minItems"] = minItems.map(JSON.init(count:))
        tree["maxItems"] = maxItems.map(JSON.init(count:))
        tree["minProperties"] = minProperties.map(JSON.init(count:))
        tree["maxProperties"] = maxProperties.map(JSON.init(count:))
    }

    private func writeMembers(to tree: inout JSON) {
        tree["items"] = items.first?.openAPI
        if !properties.isEmpty {
            tree["properties"] = .object(JSONObject(properties.map { ($0.name, $0.schema.openAPI) }))
        }
        tree["additionalProperties"] = additionalProperties.first?.openAPI
        if !required.isEmpty { tree["required"] = .array(required.map(JSON.string)) }
    }

    private func writeExtensions(to tree: inout JSON) {
        switch listType {
        case .unspecified: break
        case .atomic: tree["x-kubernetes-list-type"] = "atomic"
        case .set: tree["x-kubernetes-list-type"] = "set"
        case .map(let keys):
            tree["x-kubernetes-list-type"] = "map"
            tree["x-kubernetes-list-map-keys"] = .array(keys.map(JSON.string))
        }
        if isAtomicMap { tree["x-kubernetes-map-type"] = "atomic" }
        if let patchMergeKey {
            tree["x-kubernetes-patch-merge-key"] = .string(patchMergeKey)
            tree["x-kubernetes-patch-strategy"] = "merge"
        }
        if form == .integerOrString {
            tree["x-kubernetes-int-or-string"] = true
            tree["anyOf"] = [["type": "integer"], ["type": "string"]]
        }
        for (word, limits) in [("allOf", allOf), ("anyOf", anyOf), ("oneOf", oneOf)] where !limits.isEmpty {
            tree[word] = .array(limits.map(\.openAPILimit))
        }
        tree["not"] = not.first?.openAPILimit
        if preservesUnknownFields || form == .any { tree["x-kubernetes-preserve-unknown-fields"] = true }
        if isEmbeddedResource { tree["x-kubernetes-embedded-resource"] = true }
        if !rules.isEmpty { tree["x-kubernetes-validations"] = .array(rules.map(\.openAPI)) }
    }

    /// The schema as a further limit on a value that another describes: without what only the other may say.
    private var openAPILimit: JSON {
        var tree = openAPI
        if form == .any { tree["x-kubernetes-preserve-unknown-fields"] = nil }
        return tree
    }

    /// The whole object of a kind with its three common members written out; `metadata` as the reader needs it.
    func openAPIResource(metadata: JSON) -> JSON {
        var root = self
        root.isEmbeddedResource = false
        root.properties = namedMembers
        var tree = root.openAPI
        var members = tree["properties"] ?? .null
        members["metadata"] = metadata
        tree["properties"] = members
        return tree
    }
}

extension Schema.Form {
    /// The word of OpenAPI; absent for the two forms that have none.
    var openAPIType: String? {
        switch self {
        case .string: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .object: "object"
        case .array: "array"
        case .integerOrString, .any: nil
        }
    }
}

extension JSON {
    init(count: Int) { self = .integer(Int64(count)) }
}
