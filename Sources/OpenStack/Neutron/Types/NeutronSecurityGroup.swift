// SPDX-License-Identifier: Apache-2.0

extension Neutron {
    /// Who may talk to the ports that have it.
    package struct SecurityGroup: Codable, Hashable, Sendable {
        package var id: String
        /// Not unique: a second creation makes a second group.
        package var name: String
        package var description: String?
        package var projectID: String?
        package var isStateful: Bool?
        package var rules: [SecurityGroupRule]?
        package var tags: [String]?
        package var revision: Int?

        enum CodingKeys: String, CodingKey {
            case id, name, description, tags
            case projectID = "project_id"
            case isStateful = "stateful"
            case rules = "security_group_rules"
            case revision = "revision_number"
        }
    }

    /// One allowance.
    package struct SecurityGroupRule: Codable, Hashable, Sendable {
        package var id: String
        package var securityGroupID: String
        package var description: String?
        package var direction: String
        /// `IPv4` or `IPv6`.
        package var etherType: String
        /// A name or a number; absent for any.
        package var `protocol`: String?
        package var portRangeMin: Int?
        package var portRangeMax: Int?
        /// As it was given: 10.1.2.3/8.
        package var remoteIPPrefix: String?
        /// As it works: 10.0.0.0/8.
        ///
        /// What is wished is compared with this.
        package var normalizedCIDR: String?
        package var remoteGroupID: String?

        enum CodingKeys: String, CodingKey {
            case id, description, direction, `protocol`
            case securityGroupID = "security_group_id"
            case etherType = "ethertype"
            case portRangeMin = "port_range_min"
            case portRangeMax = "port_range_max"
            case remoteIPPrefix = "remote_ip_prefix"
            case normalizedCIDR = "normalized_cidr"
            case remoteGroupID = "remote_group_id"
        }
    }

    /// A security group to be made; Neutron gives it two rules that allow everything out.
    package struct NewSecurityGroup: Encodable, Hashable, Sendable {
        package var name: String
        /// Holds the mark.
        package var description: String
        package var isStateful: Bool?

        package init(name: String, description: String, isStateful: Bool? = nil) {
            self.name = name
            self.description = description
            self.isStateful = isStateful
        }

        enum CodingKeys: String, CodingKey {
            case name, description
            case isStateful = "stateful"
        }
    }

    /// A rule to be made.
    package struct NewSecurityGroupRule: Encodable, Hashable, Sendable {
        package var securityGroupID: String
        package var direction: String
        package var etherType: String
        /// Holds the mark.
        package var description: String
        package var `protocol`: String?
        package var portRangeMin: Int?
        package var portRangeMax: Int?
        package var remoteIPPrefix: String?
        package var remoteGroupID: String?

        package init(securityGroupID: String, direction: String, etherType: String = "IPv4", description: String) {
            self.securityGroupID = securityGroupID
            self.direction = direction
            self.etherType = etherType
            self.description = description
        }

        enum CodingKeys: String, CodingKey {
            case description, direction, `protocol`
            case securityGroupID = "security_group_id"
            case etherType = "ethertype"
            case portRangeMin = "port_range_min"
            case portRangeMax = "port_range_max"
            case remoteIPPrefix = "remote_ip_prefix"
            case remoteGroupID = "remote_group_id"
        }
    }
}
