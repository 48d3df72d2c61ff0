// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// A plug in a network, with its addresses and who may talk to it.
enum Port {
    static let type = ResourceType.port

    static let kind = Kind(
        group: type.kind.group,
        names: Kind.Names(kind: type.kind.kind, plural: type.plural, categories: ["all", "scs"]),
        versions: [KindVersion(name: type.kind.version, schema: schema, columns: columns)],
        issues: { issues($0, $1) })

    private static let columns = [
        Column("Site", path: ".status.site", description: "Where it is."),
        SitedKind.readyColumn,
        Column("Network", path: ".spec.network", description: "The Network that it is in."),
        Column("Address", path: ".status.addresses[0].address", description: "Its first address."),
        Column("MAC", path: ".status.macAddress", description: "Its hardware address.", priority: 1),
        SitedKind.reasonColumn, Column("ID", path: ".status.id", description: "Neutron's id.", priority: 1),
    ]
}

/// What a user wants of a port.
struct PortSpec: Codable, Hashable, Sendable {
    struct FixedIP: Codable, Hashable, Sendable {
        /// By its name in the Network.
        var subnet: String?
        var address: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case subnet, address }
    }

    struct AddressPair: Codable, Hashable, Sendable {
        /// An address or a range.
        var address: String
        var macAddress: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case address, macAddress }
    }

    var network: String
    var fixedIPs: [FixedIP]?
    /// Absent for the project's own `default` group.
    var securityGroups: [String]?
    var allowedAddressPairs: [AddressPair]?
    var macAddress: String?
    var portSecurity: Bool

    enum CodingKeys: String, CodingKey, CaseIterable {
        case network, fixedIPs, securityGroups, allowedAddressPairs, macAddress, portSecurity
    }
}

/// What is known of a port at its site, beside its conditions.
struct PortStatus: Codable, Hashable, Sendable {
    struct Address: Codable, Hashable, Sendable {
        var address: String
        /// The subnet's name in the Network; Neutron's id of one that the Network does not name.
        var subnet: String

        enum CodingKeys: String, CodingKey, CaseIterable { case address, subnet }
    }

    var id: String?
    var site: String?
    /// Neutron's word, such as `DOWN` or `ACTIVE`.
    var state: String?
    var macAddress: String?
    var addresses: [Address]?
    /// What is plugged into it; absent when it is free.
    var deviceID: String?

    enum CodingKeys: String, CodingKey, CaseIterable { case id, site, state, macAddress, addresses, deviceID }
}
