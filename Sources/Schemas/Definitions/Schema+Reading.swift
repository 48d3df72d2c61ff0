// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Schema {
    /// Reads a schema as a definition writes it: OpenAPI v3 with Kubernetes' extensions.
    ///
    /// What it does not know it leaves out; whether the schema is a good one, `SchemaTreeCheck` has said before.
    /// https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/
    package init(openAPI tree: JSON) {
        self.init(Self.form(of: tree))
        description = tree["description"]?.string ?? ""
        defaultValue = tree["default"]
        isNullable = tree["nullable"]?.bool ?? false
        allowed = tree["enum"]?.array ?? []
        format = tree["format"]?.string
        readLimits(tree)
        readMembers(tree)
        readExtensions(tree)
        readFurtherLimits(tree)
    }

    private static func form(of tree: JSON) -> Form {
        if tree["x-kubernetes-int-or-string"]?.bool == true { return .integerOrString }
        return switch tree["type"]?.string {
        case "string": .string
        case "integer": .integer
        case "number": .number
        case "boolean": .boolean
        case "object": .object
        case "array": .array
        default: .any
        }
    }

    private mutating func readLimits(_ tree: JSON) {
        minLength = tree["minLength"]?.count
        maxLength = tree["maxLength"]?.count
        pattern = tree["pattern"]?.string
        minimum = tree["minimum"]?.number
        maximum = tree["maximum"]?.number
        isMinimumExclusive = tree["exclusiveMinimum"]?.bool ?? false
        isMaximumExclusive = tree["exclusiveMaximum"]?.bool ?? false
        multipleOf = tree["multipleOf"]?.number
        minItems = tree["minItems"]?.count
        maxItems = tree["maxItems"]?.count
        minProperties = tree["minProperties"]?.count
        maxProperties = tree["maxProperties"]?.count
    }

    private mutating func readMembers(_ tree: JSON) {
        if let element = tree["items"], element.object != nil { items = [Schema(openAPI: element)] }
        properties = (tree["properties"]?.object?.members ?? []).map { Property($0.key, Schema(openAPI: $0.value)) }
        required = tree["required"]?.array?.compactMap(\.string) ?? []
        switch tree["additionalProperties"] {
        case .object(let members)?: additionalProperties = [Schema(openAPI: .object(members))]
        case .bool(true)?: preservesUnknownFields = true
        default: break
        }
    }

    private mutating func readExtensions(_ tree: JSON) {
        // A value of any form keeps everything anyway.
        if form != .any, tree["x-kubernetes-preserve-unknown-fields"]?.bool == true { preservesUnknownFields = true }
        isEmbeddedResource = tree["x-kubernetes-embedded-resource"]?.bool ?? false
        patchMergeKey = tree["x-kubernetes-patch-merge-key"]?.string
        rules = (tree["x-kubernetes-validations"]?.array ?? []).map(Rule.init(openAPI:))
        isAtomicMap = tree["x-kubernetes-map-type"]?.string == "atomic"
        switch tree["x-kubernetes-list-type"]?.string {
        case "atomic": listType = .atomic
        case "set": listType = .set
        case "map": listType = .map(keys: tree["x-kubernetes-list-map-keys"]?.array?.compactMap(\.string) ?? [])
        default: break
        }
    }

    private mutating func readFurtherLimits(_ tree: JSON) {
        // The two alternatives that everybody writes beside this form say nothing that it does not.
        if form != .integerOrString { anyOf = Self.list(tree["anyOf"]) }
        allOf = Self.list(tree["allOf"])
        oneOf = Self.list(tree["oneOf"])
        if let limit = tree["not"], limit.object != nil { not = [Schema(openAPI: limit)] }
    }

    private static func list(_ tree: JSON?) -> [Schema] { (tree?.array ?? []).map(Schema.init(openAPI:)) }
}

extension JSON {
    /// A size; absent for what is none.
    fileprivate var count: Int? { integer.flatMap(Int.init(exactly:)) }
}
