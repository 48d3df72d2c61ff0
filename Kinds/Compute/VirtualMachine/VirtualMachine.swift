// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import SiteKinds

/// A server of a project at a site, with its ports, its root disk and, if wished, a floating IP.
enum VirtualMachine {
    static let type = ResourceType.virtualMachine

    static let kind = Kind(
        group: type.kind.group,
        names: Kind.Names(kind: type.kind.kind, plural: type.plural, shortNames: ["vm"], categories: ["all", "scs"]),
        nameRule: .label,
        versions: [KindVersion(name: type.kind.version, schema: schema, columns: columns)],
        issues: issues, admission: admit)

    /// Anything new in this annotation asks to replace a server that failed or vanished.
    static let retryAnnotation = "compute.scs.community/retry"

    private static let columns = [
        SitedKind.siteColumn, SitedKind.readyColumn,
        Column("Flavor", path: ".spec.flavor", description: "Its size."),
        Column("Status", path: ".status.state", description: "Nova's word for what it is doing."),
        Column("Addresses", path: ".status.addresses[*].address", description: "Where it is reached."),
        SitedKind.reasonColumn,
        Column("Image", path: ".spec.image", description: "What it was made from.", priority: 1),
        Column("ID", path: ".status.id", description: "Nova's id.", priority: 1),
    ]
}

/// What a user wants of a server.
struct VirtualMachineSpec: Codable, Hashable, Sendable {
    struct RootDisk: Codable, Hashable, Sendable {
        var sizeGiB: Int
        var type: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case sizeGiB, type }
    }

    /// A Volume that is plugged in while the server is there.
    struct Volume: Codable, Hashable, Sendable {
        var name: String

        enum CodingKeys: String, CodingKey, CaseIterable { case name }
    }

    /// A network in which a port is made, or a port that is there already.
    struct Interface: Codable, Hashable, Sendable {
        var network: String?
        var port: String?
        var address: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case network, port, address }
    }

    struct UserDataFrom: Codable, Hashable, Sendable {
        struct SecretKey: Codable, Hashable, Sendable {
            var name: String
            var key: String

            enum CodingKeys: String, CodingKey, CaseIterable { case name, key }
        }

        var secret: SecretKey

        enum CodingKeys: String, CodingKey, CaseIterable { case secret }
    }

    struct FloatingIP: Codable, Hashable, Sendable {
        var externalNetwork: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case externalNetwork }
    }

    struct OpenStack: Codable, Hashable, Sendable {
        var availabilityZone: String?
        var configDrive: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable { case availabilityZone, configDrive }
    }

    enum PowerState: String, Codable, Hashable, Sendable {
        case running = "Running"
        case stopped = "Stopped"
    }

    var site: String
    var flavor: String
    var image: String
    var rootDisk: RootDisk?
    var volumes: [Volume]?
    var networks: [Interface]?
    var securityGroups: [String]?
    var sshKeys: [String]?
    var userData: String?
    var userDataFrom: UserDataFrom?
    var floatingIP: FloatingIP?
    var powerState: PowerState?
    var metadata: [String: String]?
    var openstack: OpenStack?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case site, flavor, image, rootDisk, networks, securityGroups, sshKeys, userData, userDataFrom, floatingIP
        case powerState, metadata, openstack, volumes
    }
}

/// What is known of a server at its site, beside its conditions.
struct VirtualMachineStatus: Codable, Hashable, Sendable {
    struct Address: Codable, Hashable, Sendable {
        var network: String
        var address: String
        /// `fixed` or `floating`.
        var type: String?
        var mac: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case network, address, type, mac }
    }

    struct Flavor: Codable, Hashable, Sendable {
        var name: String?
        var vcpus: Int?
        var ramMiB: Int?

        enum CodingKeys: String, CodingKey, CaseIterable { case name, vcpus, ramMiB }
    }

    struct Port: Codable, Hashable, Sendable {
        var name: String
        var id: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case name, id }
    }

    /// One that the object names, or that is still plugged in.
    struct Volume: Codable, Hashable, Sendable {
        var name: String
        var id: String
        var attached: Bool

        enum CodingKeys: String, CodingKey, CaseIterable { case name, id, attached }
    }

    /// Why there is no working server, and which wish it failed for.
    struct Fault: Codable, Hashable, Sendable {
        /// `ServerError` or `Gone`.
        var reason: String
        var message: String
        var requestID: String?
        var serverID: String
        var generation: Int64
        /// The retry annotation at that time.
        var retry: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case reason, message, requestID, serverID, generation, retry
        }
    }

    var id: String?
    var site: String?
    var state: String?
    var powerState: String?
    var addresses: [Address]?
    var flavor: Flavor?
    var image: String?
    var ports: [Port]?
    var volumes: [Volume]?
    var floatingIPID: String?
    var fault: Fault?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, site, state, powerState, addresses, flavor, image, ports, volumes, floatingIPID, fault
    }
}
