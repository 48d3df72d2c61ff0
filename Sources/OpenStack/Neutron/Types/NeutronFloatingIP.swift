// SPDX-License-Identifier: Apache-2.0

extension Neutron {
    /// An address of an external network, for a port.
    package struct FloatingIP: Codable, Hashable, Sendable {
        package var id: String
        package var description: String?
        package var projectID: String?
        package var address: String
        package var networkID: String
        package var portID: String?
        package var fixedIPAddress: String?
        package var routerID: String?
        package var status: Status?
        package var tags: [String]?
        package var revision: Int?

        enum CodingKeys: String, CodingKey {
            case id, description, status, tags
            case projectID = "project_id"
            case address = "floating_ip_address"
            case networkID = "floating_network_id"
            case portID = "port_id"
            case fixedIPAddress = "fixed_ip_address"
            case routerID = "router_id"
            case revision = "revision_number"
        }
    }

    /// A floating IP to be made.
    package struct NewFloatingIP: Encodable, Hashable, Sendable {
        package var networkID: String
        /// Holds the mark.
        package var description: String
        package var portID: String?
        /// Needed when the port has several addresses.
        package var fixedIPAddress: String?
        /// A certain address, which sites let few people ask for; of Neutron's choice when absent.
        package var address: String?

        package init(networkID: String, description: String, portID: String? = nil) {
            self.networkID = networkID
            self.description = description
            self.portID = portID
        }

        enum CodingKeys: String, CodingKey {
            case description
            case networkID = "floating_network_id"
            case portID = "port_id"
            case fixedIPAddress = "fixed_ip_address"
            case address = "floating_ip_address"
        }
    }
}

extension Neutron.FloatingIP {
    package struct Status: WireWord {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let active: Status = "ACTIVE"
        package static let down: Status = "DOWN"
        package static let error: Status = "ERROR"
    }
}
