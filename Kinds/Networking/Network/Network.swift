// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// A private network of a project at a site, with its subnets and, if wished, a router to an external network.
enum Network {
    static let type = ResourceType.network

    static let kind = Kind(
        group: type.kind.group,
        names: Kind.Names(kind: type.kind.kind, plural: type.plural, shortNames: ["net"], categories: ["all", "scs"]),
        versions: [KindVersion(name: type.kind.version, schema: schema, columns: columns)],
        issues: issues, admission: ExternalNetwork.admission(type))

    private static let columns = [
        SitedKind.siteColumn, SitedKind.readyColumn,
        Column("Subnets", path: ".spec.subnets[*].cidr", description: "Its address ranges."),
        Column("External", path: ".spec.externalNetwork", description: "The external network that it leads to."),
        SitedKind.reasonColumn, Column("ID", path: ".status.id", description: "Neutron's id.", priority: 1),
    ]
}

/// What a user wants of a network.
struct NetworkSpec: Codable, Hashable, Sendable {
    struct Subnet: Codable, Hashable, Sendable {
        var name: String
        var cidr: String
        var gateway: String?
        var dnsServers: [String]?
        var dhcp: Bool?
        var allocationPools: [Pool]?

        enum CodingKeys: String, CodingKey, CaseIterable { case name, cidr, gateway, dnsServers, dhcp, allocationPools }
    }

    struct Pool: Codable, Hashable, Sendable {
        var start: String
        var end: String

        enum CodingKeys: String, CodingKey, CaseIterable { case start, end }
    }

    struct OpenStack: Codable, Hashable, Sendable {
        var portSecurityEnabled: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable { case portSecurityEnabled }
    }

    var site: String
    var subnets: [Subnet]
    var mtu: Int?
    /// `None`, `Automatic`, or a name.
    var externalNetwork: String
    var openstack: OpenStack?

    enum CodingKeys: String, CodingKey, CaseIterable { case site, subnets, mtu, externalNetwork, openstack }
}

/// What is known of a network at its site, beside its conditions.
struct NetworkStatus: Codable, Hashable, Sendable {
    struct Subnet: Codable, Hashable, Sendable {
        var name: String
        var id: String
        var cidr: String

        enum CodingKeys: String, CodingKey, CaseIterable { case name, id, cidr }
    }

    var id: String?
    var site: String?
    /// Neutron's word, such as `ACTIVE`.
    var state: String?
    var mtu: Int?
    var subnets: [Subnet]?
    var routerID: String?
    var externalNetworkID: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, site, state, mtu, subnets, routerID, externalNetworkID
    }
}
