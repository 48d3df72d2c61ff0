// SPDX-License-Identifier: Apache-2.0

extension Neutron {
    /// What connects subnets with each other and with an external network.
    package struct Router: Codable, Hashable, Sendable {
        package var id: String
        package var name: String
        package var description: String?
        package var status: String?
        package var projectID: String?
        package var gateway: Gateway?
        package var routes: [Route]?
        package var isUp: Bool?
        package var tags: [String]?
        package var revision: Int?

        enum CodingKeys: String, CodingKey {
            case id, name, description, status, routes, tags
            case projectID = "project_id"
            case gateway = "external_gateway_info"
            case isUp = "admin_state_up"
            case revision = "revision_number"
        }
    }

    /// Where a router sends what is for other ranges than its own.
    package struct Route: Codable, Hashable, Sendable {
        package var destination: String
        package var nextHop: String

        package init(destination: String, nextHop: String) {
            self.destination = destination
            self.nextHop = nextHop
        }

        enum CodingKeys: String, CodingKey {
            case destination
            case nextHop = "nexthop"
        }
    }

    /// A router's way out.
    package struct Gateway: Codable, Hashable, Sendable {
        package var networkID: String
        package var enableSNAT: Bool?
        package var externalFixedIPs: [FixedIP]?

        package init(networkID: String, enableSNAT: Bool? = nil) {
            self.networkID = networkID
            self.enableSNAT = enableSNAT
        }

        enum CodingKeys: String, CodingKey {
            case networkID = "network_id"
            case enableSNAT = "enable_snat"
            case externalFixedIPs = "external_fixed_ips"
        }
    }

    /// A router to be made.
    package struct NewRouter: Encodable, Hashable, Sendable {
        package var name: String
        /// Holds the mark.
        package var description: String
        package var gateway: Gateway?

        package init(name: String, description: String, gateway: Gateway? = nil) {
            self.name = name
            self.description = description
            self.gateway = gateway
        }

        enum CodingKeys: String, CodingKey {
            case name, description
            case gateway = "external_gateway_info"
        }
    }
}
