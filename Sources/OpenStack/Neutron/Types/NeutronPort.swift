// SPDX-License-Identifier: Apache-2.0

extension Neutron {
    /// A plug in a network, with its addresses.
    package struct Port: Codable, Hashable, Sendable {
        package var id: String
        package var name: String?
        package var description: String?
        package var networkID: String
        package var projectID: String?
        package var macAddress: String?
        package var status: Status?
        /// The server or router that it belongs to; empty when it is free.
        package var deviceID: String?
        /// What kind of thing that is: `compute:nova`, `network:router_interface`.
        package var deviceOwner: String?
        package var fixedIPs: [FixedIP]
        package var securityGroups: [String]?
        package var allowedAddressPairs: [AddressPair]?
        package var isUp: Bool?
        package var isPortSecurityEnabled: Bool?
        package var tags: [String]?
        package var revision: Int?

        enum CodingKeys: String, CodingKey {
            case id, name, description, status, tags
            case networkID = "network_id"
            case projectID = "project_id"
            case macAddress = "mac_address"
            case deviceID = "device_id"
            case deviceOwner = "device_owner"
            case fixedIPs = "fixed_ips"
            case securityGroups = "security_groups"
            case allowedAddressPairs = "allowed_address_pairs"
            case isUp = "admin_state_up"
            case isPortSecurityEnabled = "port_security_enabled"
            case revision = "revision_number"
        }
    }

    /// An address of a port; in a request either part may be left to Neutron.
    package struct FixedIP: Codable, Hashable, Sendable {
        package var subnetID: String?
        package var ipAddress: String?

        package init(subnetID: String? = nil, ipAddress: String? = nil) {
            self.subnetID = subnetID
            self.ipAddress = ipAddress
        }

        enum CodingKeys: String, CodingKey {
            case subnetID = "subnet_id"
            case ipAddress = "ip_address"
        }
    }

    /// A further address that a port may send from.
    package struct AddressPair: Codable, Hashable, Sendable {
        package var ipAddress: String
        package var macAddress: String?

        package init(ipAddress: String, macAddress: String? = nil) {
            self.ipAddress = ipAddress
            self.macAddress = macAddress
        }

        enum CodingKeys: String, CodingKey {
            case ipAddress = "ip_address"
            case macAddress = "mac_address"
        }
    }

    /// A port to be made.
    package struct NewPort: Encodable, Hashable, Sendable {
        package var networkID: String
        package var name: String?
        /// Holds the mark.
        package var description: String
        /// Absent for an address of Neutron's choice.
        package var fixedIPs: [FixedIP]?
        /// Absent for the project's `default`, empty for none.
        package var securityGroups: [String]?
        package var allowedAddressPairs: [AddressPair]?
        package var macAddress: String?

        package init(networkID: String, name: String? = nil, description: String, securityGroups: [String]? = nil) {
            self.networkID = networkID
            self.name = name
            self.description = description
            self.securityGroups = securityGroups
        }

        enum CodingKeys: String, CodingKey {
            case name, description
            case networkID = "network_id"
            case fixedIPs = "fixed_ips"
            case securityGroups = "security_groups"
            case allowedAddressPairs = "allowed_address_pairs"
            case macAddress = "mac_address"
        }
    }
}

extension Neutron.Port {
    package struct Status: WireWord {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let active: Status = "ACTIVE"
        package static let down: Status = "DOWN"
        package static let build: Status = "BUILD"
        package static let error: Status = "ERROR"
    }
}
