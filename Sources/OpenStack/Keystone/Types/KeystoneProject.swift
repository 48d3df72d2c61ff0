// SPDX-License-Identifier: Apache-2.0

extension Keystone {
    /// What owns things and has quotas.
    package struct Project: Codable, Hashable, Sendable {
        package var id: String
        package var name: String
        package var description: String?
        package var enabled: Bool?
        package var domainID: String?
        package var parentID: String?
        package var tags: [String]?

        enum CodingKeys: String, CodingKey {
            case id, name, description, enabled, tags
            case domainID = "domain_id"
            case parentID = "parent_id"
        }
    }

    /// A project to be made.
    ///
    /// The name is unique in its domain, so a second creation is a 409; the mark goes into the tags.
    package struct NewProject: Encodable, Hashable, Sendable {
        package var name: String
        package var domainID: String?
        package var description: String?
        package var tags: [String]?

        package init(name: String, domainID: String? = nil, description: String? = nil, tags: [String]? = nil) {
            self.name = name
            self.domainID = domainID
            self.description = description
            self.tags = tags
        }

        enum CodingKeys: String, CodingKey {
            case name, description, tags
            case domainID = "domain_id"
        }
    }

    /// What owns projects and users.
    package struct Domain: Codable, Hashable, Sendable {
        package var id: String
        package var name: String
        package var enabled: Bool?
    }
}
