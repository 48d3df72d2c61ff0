// SPDX-License-Identifier: Apache-2.0

extension Glance {
    /// What servers boot from.
    package struct Image: Decodable, Hashable, Sendable {
        package var id: String
        package var name: String?
        package var status: Status
        /// `public`, `private`, `shared` or `community`.
        package var visibility: String?
        package var owner: String?
        /// In bytes, as stored.
        package var size: Int64?
        /// In bytes, unpacked.
        package var virtualSize: Int64?
        /// In GiB.
        package var minDisk: Int?
        /// In MiB.
        package var minRAM: Int?
        package var diskFormat: String?
        package var createdAt: String?
        package var isProtected: Bool?
        package var isHidden: Bool?
        package var tags: [String]?
        /// Every property with a text for value, custom ones (`os_distro`, `image_original_user` …) included.
        package var properties: [String: String]

        enum CodingKeys: String, CodingKey {
            case id, name, status, visibility, owner, size, tags
            case virtualSize = "virtual_size"
            case minDisk = "min_disk"
            case minRAM = "min_ram"
            case diskFormat = "disk_format"
            case createdAt = "created_at"
            case isProtected = "protected"
            case isHidden = "os_hidden"
        }
    }
}

extension Glance.Image {
    package struct Status: WireWord {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let active: Status = "active"
        package static let queued: Status = "queued"
        package static let saving: Status = "saving"
        package static let deactivated: Status = "deactivated"
        package static let deleted: Status = "deleted"
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        id = try members.decode(String.self, forKey: .id)
        name = try members.decodeIfPresent(String.self, forKey: .name)
        status = try members.decode(Status.self, forKey: .status)
        visibility = try members.decodeIfPresent(String.self, forKey: .visibility)
        owner = try members.decodeIfPresent(String.self, forKey: .owner)
        size = try members.decodeIfPresent(Int64.self, forKey: .size)
        virtualSize = try members.decodeIfPresent(Int64.self, forKey: .virtualSize)
        minDisk = try members.decodeIfPresent(Int.self, forKey: .minDisk)
        minRAM = try members.decodeIfPresent(Int.self, forKey: .minRAM)
        diskFormat = try members.decodeIfPresent(String.self, forKey: .diskFormat)
        createdAt = try members.decodeIfPresent(String.self, forKey: .createdAt)
        isProtected = try members.decodeIfPresent(Bool.self, forKey: .isProtected)
        isHidden = try members.decodeIfPresent(Bool.self, forKey: .isHidden)
        tags = try members.decodeIfPresent([String].self, forKey: .tags)
        properties = try Self.texts(decoder)
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private static func texts(_ decoder: any Decoder) throws -> [String: String] {
        let members = try decoder.container(keyedBy: AnyKey.self)
        return members.allKeys.reduce(into: [:]) { texts, key in
            texts[key.stringValue] = try? members.decode(String.self, forKey: key)
        }
    }
}
