// SPDX-License-Identifier: Apache-2.0

package import JSONTree

/// One version of a kind: its shape, how it prints, and how it becomes the stored one.
package struct KindVersion: Sendable {
    package var name: String
    package var isServed: Bool
    package var schema: Schema { didSet { rules = RuleTree(schema) } }
    /// The rules of the schema, compiled.
    package private(set) var rules: RuleTree
    package var columns: [Column]
    /// Whether `/status` is a door of its own; then the main door ignores `status` and a spec edit moves `generation`.
    package var hasStatus: Bool
    /// Where `/scale` finds its numbers; absent for a kind without that door.
    package var scale: ScalePaths?
    /// What every client that uses the version is warned of; absent for a version that is not deprecated.
    package var deprecation: String?
    /// Whether a table ends with the age by itself, behind `columns`.
    package var showsAge: Bool
    /// Conversions of whole objects; `apiVersion` is set by the machinery.
    package var toStorage: @Sendable (JSON) -> JSON
    package var fromStorage: @Sendable (JSON) -> JSON

    package init(
        name: String, isServed: Bool = true, schema: Schema, columns: [Column] = [], hasStatus: Bool = true,
        scale: ScalePaths? = nil, deprecation: String? = nil, showsAge: Bool = true,
        toStorage: @escaping @Sendable (JSON) -> JSON = { $0 },
        fromStorage: @escaping @Sendable (JSON) -> JSON = { $0 }
    ) {
        self.name = name
        self.isServed = isServed
        self.schema = schema
        rules = RuleTree(schema)
        self.columns = columns
        self.hasStatus = hasStatus
        self.scale = scale
        self.deprecation = deprecation
        self.showsAge = showsAge
        self.toStorage = toStorage
        self.fromStorage = fromStorage
    }
}

/// Where the numbers of `/scale` stand in an object.
package struct ScalePaths: Hashable, Sendable {
    package var specReplicas: JSONPath
    package var statusReplicas: JSONPath
    /// The selector as text; absent for a kind that shows none.
    package var selector: JSONPath?

    package init(specReplicas: JSONPath, statusReplicas: JSONPath, selector: JSONPath? = nil) {
        self.specReplicas = specReplicas
        self.statusReplicas = statusReplicas
        self.selector = selector
    }
}

/// A column of a Table answer.
///
/// Name and Age come by themselves.
/// https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.30/#customresourcecolumndefinition-v1-apiextensions-k8s-io
package struct Column: Sendable {
    package enum Value: Sendable {
        case path(JSONPath)
        /// How many members or elements stand there, 0 when nothing does.
        case count(JSONPath)
    }

    package var name: String
    /// `string`, `integer`, `number`, `boolean` or `date`.
    package var type: String
    /// A hint for printing, such as `password` or `int32`; usually empty.
    package var format = ""
    package var value: Value
    package var description: String
    /// 0 always shows; above it only `-o wide` does.
    package var priority: Int

    package init(_ name: String, type: String = "string", value: Value, description: String = "", priority: Int = 0) {
        self.name = name
        self.type = type
        self.value = value
        self.description = description
        self.priority = priority
    }

    package init(_ name: String, type: String = "string", path: JSONPath, description: String = "", priority: Int = 0) {
        self.init(name, type: type, value: .path(path), description: description, priority: priority)
    }
}
