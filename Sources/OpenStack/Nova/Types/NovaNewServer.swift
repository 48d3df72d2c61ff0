// SPDX-License-Identifier: Apache-2.0

extension Nova {
    /// A server to be made.
    ///
    /// Nova takes the same one twice and makes two: the mark travels in `tags` and `metadata`.
    /// https://docs.openstack.org/api-ref/compute/#create-server
    package struct NewServer: Encodable, Hashable, Sendable {
        package var name: String
        package var flavor: String
        /// Absent when it boots from a block device.
        ///
        /// Flavors without disk take no image (403).
        package var image: String?
        package var networks: [Interface]
        package var keyName: String?
        /// In Base64.
        package var userData: String?
        package var tags: [String]?
        package var metadata: [String: String]?
        package var availabilityZone: String?
        package var configDrive: Bool?
        package var blockDevices: [BlockDevice]?
        package var description: String?

        package init(name: String, flavor: String, image: String? = nil, networks: [Interface] = []) {
            self.name = name
            self.flavor = flavor
            self.image = image
            self.networks = networks
        }

        enum CodingKeys: String, CodingKey {
            case name, networks, tags, metadata, description
            case flavor = "flavorRef"
            case image = "imageRef"
            case keyName = "key_name"
            case userData = "user_data"
            case availabilityZone = "availability_zone"
            case configDrive = "config_drive"
            case blockDevices = "block_device_mapping_v2"
        }

        package func encode(to encoder: any Encoder) throws {
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encode(name, forKey: .name)
            try members.encode(flavor, forKey: .flavor)
            try members.encodeIfPresent(image, forKey: .image)
            // No network must be said in a word; an empty list would mean "any".
            if networks.isEmpty {
                try members.encode("none", forKey: .networks)
            } else {
                try members.encode(networks, forKey: .networks)
            }
            try members.encodeIfPresent(keyName, forKey: .keyName)
            try members.encodeIfPresent(userData, forKey: .userData)
            try members.encodeIfPresent(tags, forKey: .tags)
            try members.encodeIfPresent(metadata, forKey: .metadata)
            try members.encodeIfPresent(availabilityZone, forKey: .availabilityZone)
            try members.encodeIfPresent(configDrive, forKey: .configDrive)
            try members.encodeIfPresent(blockDevices, forKey: .blockDevices)
            try members.encodeIfPresent(description, forKey: .description)
        }
    }
}

extension Nova.NewServer {
    /// A port made before, or a network in which Nova makes one.
    package enum Interface: Encodable, Hashable, Sendable {
        case port(String)
        case network(String)

        enum CodingKeys: String, CodingKey {
            case port
            case network = "uuid"
        }

        package func encode(to encoder: any Encoder) throws {
            var members = encoder.container(keyedBy: CodingKeys.self)
            switch self {
            case .port(let id): try members.encode(id, forKey: .port)
            case .network(let id): try members.encode(id, forKey: .network)
            }
        }
    }

    /// A disk, in block device mapping version 2.
    ///
    /// https://docs.openstack.org/nova/latest/user/block-device-mapping.html
    package struct BlockDevice: Encodable, Hashable, Sendable {
        package var bootIndex: Int
        /// The image, volume or snapshot.
        package var uuid: String?
        /// `image`, `volume`, `snapshot` or `blank`.
        package var sourceType: String
        package var destinationType: String
        /// In GiB.
        package var volumeSize: Int?
        package var volumeType: String?
        package var deleteOnTermination: Bool

        /// A root volume that is made from an image with the server, and goes with it.
        package static func rootVolume(
            image: String, size: Int, type: String? = nil, deleteOnTermination: Bool = true
        ) -> BlockDevice {
            BlockDevice(
                bootIndex: 0, uuid: image, sourceType: "image", destinationType: "volume", volumeSize: size,
                volumeType: type, deleteOnTermination: deleteOnTermination)
        }

        enum CodingKeys: String, CodingKey {
            case uuid
            case bootIndex = "boot_index"
            case sourceType = "source_type"
            case destinationType = "destination_type"
            case volumeSize = "volume_size"
            case volumeType = "volume_type"
            case deleteOnTermination = "delete_on_termination"
        }
    }
}
