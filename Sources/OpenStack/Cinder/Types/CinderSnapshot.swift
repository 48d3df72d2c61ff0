// SPDX-License-Identifier: Apache-2.0

extension Cinder {
    /// What a volume held at one moment; it holds the volume until it is deleted.
    package struct Snapshot: Codable, Hashable, Sendable {
        package var id: String
        package var name: String?
        package var status: Volume.Status
        /// In GiB, of the volume at that time.
        package var size: Int
        package var volumeID: String
        package var metadata: [String: String]?
        package var createdAt: String?

        enum CodingKeys: String, CodingKey {
            case id, name, status, size, metadata
            case volumeID = "volume_id"
            case createdAt = "created_at"
        }
    }

    /// A snapshot to be made; the mark travels in `metadata`.
    package struct NewSnapshot: Encodable, Hashable, Sendable {
        package var name: String
        package var volumeID: String
        package var metadata: [String: String]
        /// Also of a volume that a server has; from 3.66 on it goes without saying, and may not be said.
        package var force = true

        package init(name: String, volumeID: String, metadata: [String: String] = [:]) {
            self.name = name
            self.volumeID = volumeID
            self.metadata = metadata
        }

        enum CodingKeys: String, CodingKey {
            case name, metadata, force
            case volumeID = "volume_id"
        }
    }
}
