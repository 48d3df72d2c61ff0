// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Reconciling
package import Resources
package import Schemas

/// What every kind that lives at a site says in the same words: where it is, what it refers to, how it prints.
package enum SitedKind {
    /// References that come first in every pass: the site, and the project that owns the object's namespace.
    package static func references(site: String, of object: Object) -> [Reference] {
        [
            // A Site is kept at the root and shared into every organization.
            Reference(field: "spec.site", type: .site, key: ObjectKey(organization: "", name: site)),
            Reference(
                field: "metadata.namespace", type: .project,
                key: ObjectKey(organization: object.organization, name: object.metadata.namespace)),
        ]
    }

    /// A reference to another object of the same namespace.
    package static func reference(
        _ field: String, _ type: ResourceType, named name: String, of object: Object, need: Reference.Need = .ready
    ) -> Reference {
        let key = ObjectKey(organization: object.organization, namespace: object.metadata.namespace, name: name)
        return Reference(field: field, type: type, key: key, need: need)
    }

    /// The site where an object lives: the spec's, else the one where its reconciler put it; absent for one at several sites.
    static func site(of object: Object) -> String? {
        object.spec?["site"]?.string ?? object.status?["site"]?.string
    }

    package static let siteColumn = Column("Site", path: ".spec.site", description: "Where it is.")
    package static let readyColumn = Column(
        "Ready", path: #".status.conditions[?(@.type=="Ready")].status"#, description: "Whether it is as its spec says."
    )
    package static let reasonColumn = Column(
        "Reason", path: #".status.conditions[?(@.type=="Ready")].reason"#, description: "Why it is not.", priority: 1)
}

extension Schema {
    /// The name of a site, which cannot change.
    package static let site = Schema.string(
        "The site where this lives, by its name. It is immutable.", maxLength: 63, minLength: 1)

    /// The name of another object of the same namespace.
    package static func name(_ description: String) -> Schema {
        .string(description, maxLength: 253, minLength: 1)
    }
}
