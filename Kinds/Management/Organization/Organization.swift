// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// One customer of the provider: its name, and at which sites it may use what.
enum Organization {
    static let kind = Kind(
        group: ResourceType.organization.kind.group,
        names: Kind.Names(
            kind: "Organization", plural: "organizations", shortNames: ["org"], categories: ["scs"]),
        isNamespaced: false, tenancy: .provider,
        versions: [
            KindVersion(
                name: ResourceType.organization.kind.version, schema: schema,
                columns: [
                    SitedKind.readyColumn, SitedKind.reasonColumn,
                    Column("Sites", type: "integer", value: .count(".spec.sites")),
                    Column("Display Name", path: ".spec.displayName", priority: 1),
                ])
        ], issues: issues)

    /// The wish, as the wire has it.
    struct Spec: Codable, Hashable, Sendable {
        var displayName: String?
        var sites: [SiteUse]?
        /// Who says who its people are; read by login, see `IssuerSettings`.
        var issuers: [JSON]?
    }

    /// How the organization uses one site.
    struct SiteUse: Codable, Hashable, Sendable {
        var name: String
        var access: Access
        var credentialsRef: Site.CredentialsRef?
        /// With access `project`: which of the organization's projects the credential serves.
        var project: String?
    }

    enum Access: String, Codable, Hashable, Sendable { case project, domain }

    /// The observation, as the wire has it; conditions are the machinery's.
    struct Status: Codable, Hashable, Sendable {
        struct Entry: Codable, Hashable, Sendable {
            var name: String
            var ready: Bool
            var message: String?
            /// Keystone's id of the domain.
            var domainID: String?
            /// Keystone's id of the user that works in the organization's projects.
            var serviceUserID: String?
            /// The uid of the Secret whose password the user has.
            var passwordFrom: String?
        }

        var sites: [Entry]?
    }

    /// The name of the service user's Secret in `scs-system` at the root.
    static func passwordName(_ organization: String, at site: String) -> String {
        "service-user-\(organization)-\(site)"
    }
}

extension Object {
    /// The uses of sites in an Organization's spec; those that cannot be read are left out.
    var siteUses: [Organization.SiteUse] {
        (spec?["sites"]?.array ?? []).compactMap { try? $0.decode(Organization.SiteUse.self) }
    }
}
