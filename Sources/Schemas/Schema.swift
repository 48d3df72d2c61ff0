// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// The shape of a value: what may stand where, its limits, its defaults.
///
/// A structural schema as Kubernetes defines it, so that it prints as OpenAPI v3 and as a CRD without loss:
/// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
package struct Schema: Hashable, Sendable {
    package enum Form: Hashable, Sendable {
        case string
        case integer
        case number
        case boolean
        case object
        case array
        /// A number or a text (`x-kubernetes-int-or-string`).
        case integerOrString
        /// Anything at all, kept as it is (`x-kubernetes-preserve-unknown-fields` without a type).
        case any
    }

    /// How a list is merged by server-side apply.
    package enum ListType: Hashable, Sendable {
        /// Nothing is said, which means atomic.
        case unspecified
        case atomic
        case set
        /// Elements are told apart by these fields.
        case map(keys: [String])
    }

    package struct Property: Hashable, Sendable {
        package var name: String
        package var schema: Schema
        package init(_ name: String, _ schema: Schema) {
            self.name = name
            self.schema = schema
        }
    }

    package var form: Form
    package var description = ""
    package var defaultValue: JSON?
    package var isNullable = false
    /// The allowed values; empty for no such limit.
    package var allowed: [JSON] = []
    package var format: String?

    // Texts
    package var minLength: Int?
    package var maxLength: Int?
    /// An ECMA 262 regular expression.
    package var pattern: String?

    // Numbers
    package var minimum: Double?
    package var maximum: Double?
    /// Whether the limit itself is out of range.
    package var isMinimumExclusive = false
    package var isMaximumExclusive = false
    package var multipleOf: Double?

    // Lists
    /// Exactly one element when the form is `.array`.
    package var items: [Schema] = []
    package var minItems: Int?
    package var maxItems: Int?
    package var listType: ListType = .unspecified

    // Objects
    package var properties: [Property] = []
    package var required: [String] = []
    /// The schema of members that are not named in `properties`; at most one element.
    package var additionalProperties: [Schema] = []
    package var minProperties: Int?
    package var maxProperties: Int?
    /// Members that nothing names are kept and not pruned.
    package var preservesUnknownFields = false
    /// An object of its own with `apiVersion`, `kind` and `metadata` (`x-kubernetes-embedded-resource`).
    package var isEmbeddedResource = false
    /// Managed and replaced as one value by server-side apply (`x-kubernetes-map-type: atomic`).
    package var isAtomicMap = false
    /// What tells the elements of a list apart in a strategic merge patch, where `listType` does not say it.
    package var patchMergeKey: String?

    // Further limits on the same value, none of which names members, defaults or prunes
    package var allOf: [Schema] = []
    package var anyOf: [Schema] = []
    package var oneOf: [Schema] = []
    /// At most one element.
    package var not: [Schema] = []

    /// Conditions on the value, written in the Common Expression Language.
    package var rules: [Rule] = []

    package init(_ form: Form) { self.form = form }
}

// MARK: - How kinds write schemas down

extension Schema {
    package static func string(
        _ description: String, maxLength: Int, minLength: Int? = nil, pattern: String? = nil, format: String? = nil,
        default defaultValue: String? = nil
    ) -> Schema {
        var schema = Schema(.string)
        schema.description = description
        schema.minLength = minLength
        schema.maxLength = maxLength
        schema.pattern = pattern
        schema.format = format
        schema.defaultValue = defaultValue.map(JSON.string)
        return schema
    }

    /// One of a few words.
    package static func word(_ description: String, of words: [String], default defaultValue: String? = nil) -> Schema {
        var schema = Schema(.string)
        schema.description = description
        schema.allowed = words.map(JSON.string)
        schema.defaultValue = defaultValue.map(JSON.string)
        return schema
    }

    package static func integer(
        _ description: String, in range: ClosedRange<Int64>, default defaultValue: Int64? = nil
    ) -> Schema {
        var schema = Schema(.integer)
        schema.description = description
        schema.format = "int64"
        schema.minimum = Double(range.lowerBound)
        schema.maximum = Double(range.upperBound)
        schema.defaultValue = defaultValue.map(JSON.integer)
        return schema
    }

    package static func boolean(_ description: String, default defaultValue: Bool? = nil) -> Schema {
        var schema = Schema(.boolean)
        schema.description = description
        schema.defaultValue = defaultValue.map(JSON.bool)
        return schema
    }

    package static func array(
        _ description: String, of items: Schema, maxItems: Int, minItems: Int? = nil, listType: ListType = .atomic
    ) -> Schema {
        var schema = Schema(.array)
        schema.description = description
        schema.items = [items]
        schema.minItems = minItems
        schema.maxItems = maxItems
        schema.listType = listType
        return schema
    }

    package static func object(_ description: String, _ properties: [Property], required: [String] = []) -> Schema {
        var schema = Schema(.object)
        schema.description = description
        schema.properties = properties
        schema.required = required
        return schema
    }

    /// An object that is managed and replaced as one value.
    package static func atomic(_ description: String, _ properties: [Property], required: [String] = []) -> Schema {
        var schema = object(description, properties, required: required)
        schema.isAtomicMap = true
        return schema
    }

    /// Texts by free keys, as labels are.
    package static func map(_ description: String, of values: Schema, maxProperties: Int) -> Schema {
        var schema = Schema(.object)
        schema.description = description
        schema.additionalProperties = [values]
        schema.maxProperties = maxProperties
        return schema
    }

    /// An object whose members nobody here names: passed through as it is.
    package static func open(_ description: String) -> Schema {
        var schema = Schema(.object)
        schema.description = description
        schema.preservesUnknownFields = true
        return schema
    }
}
