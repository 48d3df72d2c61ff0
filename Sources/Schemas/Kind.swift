// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Resources

/// A type of thing that the API serves, as a value: names, versions, schema, columns, rules.
///
/// Everything that machinery and faces know of a kind stands here. Built-in kinds make the value in Swift; a
/// CustomResourceDefinition makes another at run time. All functions work on trees, so neither is special.
package struct Kind: Sendable {
    /// Who owns the objects of a kind, and where they are served.
    package enum Tenancy: Hashable, Sendable {
        /// Each organization has its own, and so has the provider at the root.
        case organization
        /// At the provider's root path only.
        case provider
        /// Written at the root; every organization sees the same objects, read-only.
        case shared
    }

    package struct Names: Hashable, Sendable {
        package var kind: String
        package var plural: String
        package var singular: String
        package var shortNames: [String]
        package var categories: [String]

        package init(kind: String, plural: String, shortNames: [String] = [], categories: [String] = []) {
            self.kind = kind
            self.plural = plural
            self.singular = kind.lowercased()
            self.shortNames = shortNames
            self.categories = categories
        }
    }

    /// How its objects come to be.
    package enum Form: Sendable {
        /// Kept in the store and served with every verb.
        case stored
        /// Only created, and answered at once: the access reviews, a plan. The answer is the object as sent, with its status.
        case answered(@Sendable (AnswerRequest) async throws -> Object)
    }

    package var group: String
    package var names: Names
    package var isNamespaced: Bool
    /// What a name of its objects may look like.
    package var nameRule: NameRule
    package var tenancy: Tenancy
    package var form: Form
    /// In order of preference; at least one.
    package var versions: [KindVersion]
    /// The version in which objects are stored; one of `versions`.
    package var storageVersion: String
    /// Field selectors beyond `metadata.name` and `metadata.namespace`: the selector's label and where the value stands.
    package var selectableFields: [String: JSONPath]
    /// Everything that is wrong with an object beyond its schema, in field order; `old` is absent on creation.
    ///
    /// It is not asked about a write of the status, which changes nothing else.
    package var issues: @Sendable (_ new: Object, _ old: Object?) -> [FieldIssue]
    /// Completes or refuses a write, seeing cached objects only; throws `APIError` to refuse.
    package var admission: @Sendable (AdmissionRequest) async throws -> Object
    /// Ways to act on one object beside reading and writing it, `serviceaccounts/token` among them.
    package var actions: [Action]
    /// Fields whose values never leave in an audit record, log or error text, as paths from the object's root.
    package var secretFields: [JSONPath]

    package init(
        group: String, names: Names, isNamespaced: Bool = true, nameRule: NameRule = .subdomain,
        tenancy: Tenancy = .organization, form: Form = .stored,
        versions: [KindVersion], storageVersion: String? = nil, selectableFields: [String: JSONPath] = [:],
        issues: @escaping @Sendable (_ new: Object, _ old: Object?) -> [FieldIssue] = { _, _ in [] },
        admission: @escaping @Sendable (AdmissionRequest) async throws -> Object = { $0.object },
        actions: [Action] = [], secretFields: [JSONPath] = []
    ) {
        self.group = group
        self.names = names
        self.isNamespaced = isNamespaced
        self.nameRule = nameRule
        self.tenancy = tenancy
        self.form = form
        self.versions = versions
        self.storageVersion = storageVersion ?? versions.first?.name ?? ""
        self.selectableFields = selectableFields
        self.issues = issues
        self.admission = admission
        self.actions = actions
        self.secretFields = secretFields
    }
}

extension Kind {
    package var groupResource: GroupResource { GroupResource(group: group, resource: names.plural) }

    /// How clients reach it in its stored version.
    package var type: ResourceType { type(version: storageVersion) }

    package func type(version: String) -> ResourceType {
        ResourceType(group: group, version: version, kind: names.kind, plural: names.plural, isNamespaced: isNamespaced)
    }

    package func version(_ name: String) -> KindVersion? { versions.first { $0.name == name } }
}

/// One version of a kind: its shape, how it prints, and how it becomes the stored one.
package struct KindVersion: Sendable {
    package var name: String
    package var isServed: Bool
    package var schema: Schema
    package var columns: [Column]
    /// Whether `/status` is a door of its own; then the main door ignores `status` and a spec edit moves `generation`.
    package var hasStatus: Bool
    /// Conversions of whole objects; `apiVersion` is set by the machinery.
    package var toStorage: @Sendable (JSON) -> JSON
    package var fromStorage: @Sendable (JSON) -> JSON

    package init(
        name: String, isServed: Bool = true, schema: Schema, columns: [Column] = [], hasStatus: Bool = true,
        toStorage: @escaping @Sendable (JSON) -> JSON = { $0 },
        fromStorage: @escaping @Sendable (JSON) -> JSON = { $0 }
    ) {
        self.name = name
        self.isServed = isServed
        self.schema = schema
        self.columns = columns
        self.hasStatus = hasStatus
        self.toStorage = toStorage
        self.fromStorage = fromStorage
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
