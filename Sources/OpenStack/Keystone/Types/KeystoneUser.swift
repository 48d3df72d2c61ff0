// SPDX-License-Identifier: Apache-2.0

extension Keystone {
    /// Who authenticates.
    package struct User: Codable, Hashable, Sendable {
        package var id: String
        /// Null for a federated user whose provider is gone.
        package var name: String?
        package var domainID: String?
        package var enabled: Bool?
        package var description: String?

        enum CodingKeys: String, CodingKey {
            case id, name, enabled, description
            case domainID = "domain_id"
        }
    }

    /// A user to be made; the name is unique in its domain.
    package struct NewUser: Encodable, Hashable, Sendable {
        package var name: String
        package var domainID: String?
        package var password: Secret
        package var description: String?

        package init(name: String, domainID: String? = nil, password: Secret, description: String? = nil) {
            self.name = name
            self.domainID = domainID
            self.password = password
            self.description = description
        }

        enum CodingKeys: String, CodingKey {
            case name, password, description
            case domainID = "domain_id"
        }

        package func encode(to encoder: any Encoder) throws {
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encode(name, forKey: .name)
            try members.encodeIfPresent(domainID, forKey: .domainID)
            try members.encode(password.text, forKey: .password)
            try members.encodeIfPresent(description, forKey: .description)
        }
    }
}
