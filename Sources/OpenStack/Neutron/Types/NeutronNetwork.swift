// SPDX-License-Identifier: Apache-2.0

extension Neutron {
    /// A network as Neutron shows it.
    package struct Network: Codable, Hashable, Sendable {
        package var id: String
        package var name: String
        package var description: String?
        package var status: String?
        package var projectID: String?
        /// Largest packet in bytes.
        package var mtu: Int?
        package var subnets: [String]?
        package var isShared: Bool?
        /// Whether it leads out of the site: floating IPs and gateways come from it.
        package var isExternal: Bool?
        package var isDefault: Bool?
        package var isUp: Bool?
        package var tags: [String]?
        package var revision: Int?

        enum CodingKeys: String, CodingKey {
            case id, name, description, status, mtu, subnets, tags
            case projectID = "project_id"
            case isShared = "shared"
            case isExternal = "router:external"
            case isDefault = "is_default"
            case isUp = "admin_state_up"
            case revision = "revision_number"
        }
    }

    /// A network to be made.
    package struct NewNetwork: Encodable, Hashable, Sendable {
        package var name: String
        /// Holds the mark.
        package var description: String
        package var mtu: Int?

        package init(name: String, description: String, mtu: Int? = nil) {
            self.name = name
            self.description = description
            self.mtu = mtu
        }
    }
}
