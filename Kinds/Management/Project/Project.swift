// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// The unit of ownership in an organization: owns the namespace of its name, and a Keystone project at each site that
/// needs one.
enum Project {
    static let kind = Kind(
        group: ResourceType.project.kind.group,
        names: Kind.Names(kind: "Project", plural: "projects", categories: ["scs"]),
        isNamespaced: false,
        versions: [
            KindVersion(
                name: ResourceType.project.kind.version, schema: schema,
                columns: [
                    SitedKind.readyColumn, SitedKind.reasonColumn,
                    Column("Sites", type: "integer", value: .count(".status.sites")),
                    Column("Display Name", path: ".spec.displayName", priority: 1),
                ])
        ], issues: issues)

    /// The wish, as the wire has it.
    struct Spec: Codable, Hashable, Sendable {
        var displayName: String?
        var description: String?
        /// The sites where it may be; absent for all of the organization's.
        var sites: [String]?
    }

    /// The observation, as the wire has it; conditions are the machinery's.
    struct Status: Codable, Hashable, Sendable {
        struct Entry: Codable, Hashable, Sendable {
            var name: String
            /// Keystone's id of the project.
            var id: String?
            var ready: Bool
            /// UpperCamel, for what does not pass by itself.
            var reason: String?
            var message: String?
        }

        var sites: [Entry]?
    }

    /// Namespaces that belong to no project.
    static func isReserved(_ namespace: String) -> Bool {
        namespace == "default" || namespace == "scs-system" || namespace.hasPrefix("kube-")
    }

    static func issues(_ new: Object, _ old: Object?) -> [FieldIssue] {
        guard old == nil else { return [] }
        let name = new.metadata.name
        var messages = NameRule.label.issues(name)
        if isReserved(name) { messages.append("is reserved; choose another name") }
        return messages.map { FieldIssue(path: "metadata.name", message: $0) }
    }
}
