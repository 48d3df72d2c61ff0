// SPDX-License-Identifier: Apache-2.0

extension Cinder {
    /// A volume to be made.
    ///
    /// Cinder takes the same one twice and makes two: the mark travels in `metadata`.
    /// https://docs.openstack.org/api-ref/block-storage/v3/#create-a-volume
    package struct NewVolume: Encodable, Hashable, Sendable {
        package var name: String
        /// In GiB.
        package var size: Int
        package var metadata: [String: String]
        package var volumeType: String?
        package var availabilityZone: String?
        /// At most one of the three; blank without any.
        package var image: String?
        package var snapshot: String?
        package var volume: String?

        package init(name: String, size: Int, metadata: [String: String] = [:]) {
            self.name = name
            self.size = size
            self.metadata = metadata
        }

        enum CodingKeys: String, CodingKey {
            case name, size, metadata
            case volumeType = "volume_type"
            case availabilityZone = "availability_zone"
            case image = "imageRef"
            case snapshot = "snapshot_id"
            case volume = "source_volid"
        }
    }
}
