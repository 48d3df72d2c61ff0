// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// Who may talk to the ports that have it, and to whom they may.
enum SecurityGroup {
    static let type = ResourceType.securityGroup

    static let kind = Kind(
        group: type.kind.group,
        names: Kind.Names(kind: type.kind.kind, plural: type.plural, shortNames: ["sg"], categories: ["all", "scs"]),
        versions: [KindVersion(name: type.kind.version, schema: schema, columns: columns)],
        issues: { issues($0, $1) })

    private static let columns = [
        SitedKind.siteColumn, SitedKind.readyColumn,
        Column("Rules", type: "integer", value: .count(".spec.rules"), description: "How many rules it has."),
        SitedKind.reasonColumn, Column("ID", path: ".status.id", description: "Neutron's id.", priority: 1),
    ]
}

/// What a user wants of a security group.
struct SecurityGroupSpec: Codable, Hashable, Sendable {
    struct Rule: Codable, Hashable, Sendable {
        enum Direction: String, Codable, Hashable, Sendable {
            case ingress = "Ingress"
            case egress = "Egress"
        }

        var direction: Direction
        /// A word or a number from 0 to 255.
        var `protocol`: String
        /// `80` or `8000-8080`; absent for all.
        var ports: String?
        var cidr: String?
        /// Another SecurityGroup by name, or `self`.
        var group: String?
        var ethertype: String

        enum CodingKeys: String, CodingKey, CaseIterable {
            case direction, `protocol`, ports, cidr, group, ethertype
        }
    }

    enum Egress: String, Codable, Hashable, Sendable {
        case allowAll = "AllowAll"
        case listed = "Listed"
    }

    var site: String
    var description: String?
    var rules: [Rule]?
    var egress: Egress

    enum CodingKeys: String, CodingKey, CaseIterable { case site, description, rules, egress }
}

/// What is known of a security group at its site, beside its conditions.
struct SecurityGroupStatus: Codable, Hashable, Sendable {
    var id: String?
    var site: String?
    /// How many rules it has at the site.
    var ruleCount: Int?

    enum CodingKeys: String, CodingKey, CaseIterable { case id, site, ruleCount }
}
