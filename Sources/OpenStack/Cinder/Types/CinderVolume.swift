// SPDX-License-Identifier: Apache-2.0

extension Cinder {
    /// A disk that outlives servers.
    package struct Volume: Codable, Hashable, Sendable {
        package var id: String
        package var name: String?
        package var description: String?
        package var status: Status
        /// In GiB.
        package var size: Int
        package var volumeType: String?
        package var isBootable: String?
        package var isEncrypted: Bool?
        package var metadata: [String: String]?
        package var attachments: [Attachment]?
        package var availabilityZone: String?
        package var createdAt: String?

        enum CodingKeys: String, CodingKey {
            case id, name, description, status, size, metadata, attachments
            case volumeType = "volume_type"
            case isBootable = "bootable"
            case isEncrypted = "encrypted"
            case availabilityZone = "availability_zone"
            case createdAt = "created_at"
        }

        /// A server that has it.
        package struct Attachment: Codable, Hashable, Sendable {
            package var serverID: String
            package var device: String?

            enum CodingKeys: String, CodingKey {
                case device
                case serverID = "server_id"
            }
        }
    }

    /// What a project may have and has; -1 means without limit.
    package struct Limits: Codable, Hashable, Sendable {
        package var maxVolumes: Int
        /// In GiB.
        package var maxGigabytes: Int
        package var maxSnapshots: Int
        package var volumesUsed: Int
        /// In GiB.
        package var gigabytesUsed: Int
        package var snapshotsUsed: Int

        enum CodingKeys: String, CodingKey {
            case maxVolumes = "maxTotalVolumes"
            case maxGigabytes = "maxTotalVolumeGigabytes"
            case maxSnapshots = "maxTotalSnapshots"
            case volumesUsed = "totalVolumesUsed"
            case gigabytesUsed = "totalGigabytesUsed"
            case snapshotsUsed = "totalSnapshotsUsed"
        }
    }
}

extension Cinder.Volume {
    package struct Status: WireWord {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let attaching: Status = "attaching"
        package static let available: Status = "available"
        package static let creating: Status = "creating"
        package static let deleting: Status = "deleting"
        package static let detaching: Status = "detaching"
        package static let error: Status = "error"
        /// Only the provider can help.
        package static let errorDeleting: Status = "error_deleting"
        package static let extending: Status = "extending"
        package static let inUse: Status = "in-use"
        package static let retyping: Status = "retyping"

        /// Whether it is at rest: only then may anything be changed.
        package var isIdle: Bool { self == .available || self == .inUse }
        /// Whether Cinder gave up; `error`, `error_extending`, `error_deleting` and more.
        package var isError: Bool { rawValue.hasPrefix("error") }
    }
}
