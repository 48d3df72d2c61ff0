// SPDX-License-Identifier: Apache-2.0

extension Neutron {
    /// A range of addresses in a network.
    package struct Subnet: Codable, Hashable, Sendable {
        package var id: String
        package var name: String?
        package var description: String?
        package var networkID: String
        package var projectID: String?
        package var cidr: String
        /// 4 or 6.
        package var ipVersion: Int
        package var gatewayIP: String?
        package var enableDHCP: Bool?
        package var dnsNameservers: [String]?
        package var allocationPools: [AllocationPool]?
        package var ipv6AddressMode: String?
        package var ipv6RAMode: String?
        package var revision: Int?

        enum CodingKeys: String, CodingKey {
            case id, name, description, cidr
            case networkID = "network_id"
            case projectID = "project_id"
            case ipVersion = "ip_version"
            case gatewayIP = "gateway_ip"
            case enableDHCP = "enable_dhcp"
            case dnsNameservers = "dns_nameservers"
            case allocationPools = "allocation_pools"
            case ipv6AddressMode = "ipv6_address_mode"
            case ipv6RAMode = "ipv6_ra_mode"
            case revision = "revision_number"
        }
    }

    /// From which to which address Neutron hands out.
    package struct AllocationPool: Codable, Hashable, Sendable {
        package var start: String
        package var end: String

        package init(start: String, end: String) {
            self.start = start
            self.end = end
        }
    }

    /// A subnet to be made.
    package struct NewSubnet: Encodable, Hashable, Sendable {
        package var networkID: String
        package var cidr: String
        package var ipVersion: Int
        package var name: String?
        /// Holds the mark.
        package var description: String
        package var gatewayIP: String?
        package var enableDHCP: Bool?
        package var dnsNameservers: [String]?
        package var allocationPools: [AllocationPool]?
        package var ipv6AddressMode: String?
        package var ipv6RAMode: String?

        package init(networkID: String, cidr: String, ipVersion: Int = 4, description: String) {
            self.networkID = networkID
            self.cidr = cidr
            self.ipVersion = ipVersion
            self.description = description
        }

        enum CodingKeys: String, CodingKey {
            case name, description, cidr
            case networkID = "network_id"
            case ipVersion = "ip_version"
            case gatewayIP = "gateway_ip"
            case enableDHCP = "enable_dhcp"
            case dnsNameservers = "dns_nameservers"
            case allocationPools = "allocation_pools"
            case ipv6AddressMode = "ipv6_address_mode"
            case ipv6RAMode = "ipv6_ra_mode"
        }
    }
}
