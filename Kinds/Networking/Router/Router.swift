// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// What connects networks of a project at a site with each other and, if wished, with an external network.
enum Router {
    static let type = ResourceType.router

    static let kind = Kind(
        group: type.kind.group,
        names: Kind.Names(kind: type.kind.kind, plural: type.plural, categories: ["all", "scs"]),
        versions: [KindVersion(name: type.kind.version, schema: schema, columns: columns)],
        issues: issues, admission: ExternalNetwork.admission(type))

    private static let columns = [
        SitedKind.siteColumn, SitedKind.readyColumn,
        Column("Networks", path: ".spec.networks[*].network", description: "The Networks that it connects."),
        Column("External", path: ".spec.externalNetwork", description: "The external network that it leads to."),
        Column("Address", path: ".status.externalAddresses[0]", description: "Its first address outside."),
        SitedKind.reasonColumn, Column("ID", path: ".status.id", description: "Neutron's id.", priority: 1),
    ]
}

/// What a user wants of a router.
struct RouterSpec: Codable, Hashable, Sendable {
    /// A Network that it is in.
    struct Attachment: Codable, Hashable, Sendable {
        /// By its name.
        var network: String
        /// By their names in the Network; all of them when absent.
        var subnets: [String]?

        enum CodingKeys: String, CodingKey, CaseIterable { case network, subnets }
    }

    struct Route: Codable, Hashable, Sendable {
        /// A range.
        var destination: String
        /// An address in one of its subnets.
        var nextHop: String

        enum CodingKeys: String, CodingKey, CaseIterable { case destination, nextHop }
    }

    var site: String
    /// `None`, `Automatic`, or a name.
    var externalNetwork: String
    /// Whether addresses are translated on the way out; the site's choice when absent.
    var snat: Bool?
    var networks: [Attachment]?
    var routes: [Route]?

    enum CodingKeys: String, CodingKey, CaseIterable { case site, externalNetwork, snat, networks, routes }
}

/// What is known of a router at its site, beside its conditions.
struct RouterStatus: Codable, Hashable, Sendable {
    /// A place that it has.
    struct Interface: Codable, Hashable, Sendable {
        var network: String
        /// The subnet's name in the Network; Neutron's id of one that no Network names.
        var subnet: String
        var subnetID: String

        enum CodingKeys: String, CodingKey, CaseIterable { case network, subnet, subnetID }
    }

    var id: String?
    var site: String?
    /// Neutron's word, such as `ACTIVE`.
    var state: String?
    var externalNetworkID: String?
    var externalAddresses: [String]?
    var snat: Bool?
    var interfaces: [Interface]?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, site, state, externalNetworkID, externalAddresses, snat, interfaces
    }
}
