// SPDX-License-Identifier: Apache-2.0

extension Nova {
    /// A volume that a server has.
    package struct VolumeAttachment: Codable, Hashable, Sendable {
        package var volumeID: String
        /// Where the server sees it: `/dev/sdb`.
        package var device: String?
        /// Whether it goes with the server, as root volumes do.
        package var deleteOnTermination: Bool?

        package init(volumeID: String, device: String? = nil, deleteOnTermination: Bool? = nil) {
            self.volumeID = volumeID
            self.device = device
            self.deleteOnTermination = deleteOnTermination
        }

        enum CodingKeys: String, CodingKey {
            case device
            case volumeID = "volumeId"
            case deleteOnTermination = "delete_on_termination"
        }
    }
}
