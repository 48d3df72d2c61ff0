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
        /// Each organization has its own, and sees those of the root too, read-only.
        case layered
    }

    package struct Names: Hashable, Sendable {
        package var kind: String
        package var plural: String
        package var singular: String
        /// What a list of them calls itself.
        package var listKind: String
        package var shortNames: [String]
        package var categories: [String]

        package init(
            kind: String, plural: String, singular: String? = nil, listKind: String? = nil, shortNames: [String] = [],
            categories: [String] = []
        ) {
            self.kind = kind
            self.plural = plural
            self.singular = singular ?? kind.lowercased()
            self.listKind = listKind ?? "\(kind)List"
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

    /// Whether its objects are kept; others are answered at once.
    package var isStored: Bool { if case .stored = form { true } else { false } }

    /// Who made the kind.
    package enum Origin: Hashable, Sendable {
        /// This program has it.
        case builtIn
        /// A definition that is an object itself, and may change or go.
        ///
        /// `isRevised` says that its schema may have changed since objects were stored, so that each is fitted when read.
        case definition(isRevised: Bool)
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
    /// Completes what a client sent, as defaults do, before anybody looks at it; what it adds counts as the client's.
    package var completion: @Sendable (JSON) -> JSON
    /// Completes or refuses a write, seeing cached objects only; throws `APIError` to refuse.
    package var admission: @Sendable (AdmissionRequest) async throws -> Object
    /// Ways to act on one object beside reading and writing it, `serviceaccounts/token` among them.
    package var actions: [Action]
    /// Fields whose values never leave in an audit record, log or error text, as paths from the object's root.
    package var secretFields: [JSONPath]
    package var origin: Origin
    /// Whether there is no deletion of all that is selected, as for upstream's namespaces.
    package var isDeletedOneByOne: Bool
    /// Whether `metadata.generation` counts changes of more than metadata and status.
    package var countsGeneration: Bool

    package init(
        group: String, names: Names, isNamespaced: Bool = true, nameRule: NameRule = .subdomain,
        tenancy: Tenancy = .organization, form: Form = .stored,
        versions: [KindVersion], storageVersion: String? = nil, selectableFields: [String: JSONPath] = [:],
        issues: @escaping @Sendable (_ new: Object, _ old: Object?) -> [FieldIssue] = { _, _ in [] },
        completion: @escaping @Sendable (JSON) -> JSON = { $0 },
        admission: @escaping @Sendable (AdmissionRequest) async throws -> Object = { $0.object },
        actions: [Action] = [], secretFields: [JSONPath] = [], origin: Origin = .builtIn,
        isDeletedOneByOne: Bool = false, countsGeneration: Bool? = nil
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
        self.completion = completion
        self.admission = admission
        self.actions = actions
        self.secretFields = secretFields
        self.origin = origin
        self.isDeletedOneByOne = isDeletedOneByOne
        self.countsGeneration = countsGeneration ?? (origin != .builtIn || !Self.isUpstream(group))
    }

    /// Whether a stored object may not fit the present schema.
    package var isRevised: Bool { origin == .definition(isRevised: true) }

    private static func isUpstream(_ group: String) -> Bool { group.isEmpty || group.hasSuffix(".k8s.io") }

    /// Whether its objects are made from Go types upstream, which is laxer at some borders: a body may leave out its kind,
    /// and an update its resourceVersion.
    package var isUpstreamType: Bool { origin == .builtIn && Self.isUpstream(group) }
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
