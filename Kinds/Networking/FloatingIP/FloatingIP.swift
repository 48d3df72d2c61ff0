// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// An address of an external network that belongs to a project, for a server, a port or nothing yet.
enum FloatingIP {
    static let type = ResourceType.floatingIP

    static let kind = Kind(
        group: type.kind.group,
        names: Kind.Names(kind: type.kind.kind, plural: type.plural, shortNames: ["fip"], categories: ["all", "scs"]),
        versions: [KindVersion(name: type.kind.version, schema: schema, columns: columns)],
        issues: issues, admission: ExternalNetwork.admission(type))

    private static let columns = [
        SitedKind.siteColumn, SitedKind.readyColumn,
        Column("Address", path: ".status.address", description: "The address."),
        Column("Server", path: ".spec.virtualMachine", description: "The VirtualMachine that it is for."),
        Column("Port", path: ".spec.port", description: "The Port that it is for."),
        SitedKind.reasonColumn,
        Column("Inside", path: ".status.fixedAddress", description: "The address that it leads to.", priority: 1),
        Column("ID", path: ".status.id", description: "Neutron's id.", priority: 1),
    ]
}

/// What a user wants of a floating IP.
struct FloatingIPSpec: Codable, Hashable, Sendable {
    enum DeletionPolicy: String, Codable, Hashable, Sendable, CaseIterable {
        case delete = "Delete"
        case retain = "Retain"
    }

    var site: String
    /// `Automatic` or a name.
    var externalNetwork: String
    /// A certain address, which sites let few people ask for.
    var address: String?
    /// The Port that it is for, by its name.
    var port: String?
    /// The server that it is for, by its name.
    var virtualMachine: String?
    /// Which of the server's ports, from 0.
    var interface: Int?
    /// Which of the port's addresses, when it has several.
    var fixedAddress: String?
    var deletionPolicy: DeletionPolicy

    enum CodingKeys: String, CodingKey, CaseIterable {
        case site, externalNetwork, address, port, virtualMachine, interface, fixedAddress, deletionPolicy
    }
}

/// What is known of a floating IP at its site, beside its conditions.
struct FloatingIPStatus: Codable, Hashable, Sendable {
    var id: String?
    var site: String?
    /// Neutron's word, such as `ACTIVE` or `DOWN`.
    var state: String?
    var address: String?
    var externalNetworkID: String?
    /// Neutron's id of the port that it leads to.
    var portID: String?
    var fixedAddress: String?
    /// The Router through which it leads there, by its name; absent when that is no object of its own.
    var router: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, site, state, address, externalNetworkID, portID, fixedAddress, router
    }
}
