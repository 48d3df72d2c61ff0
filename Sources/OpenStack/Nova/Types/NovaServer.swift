// SPDX-License-Identifier: Apache-2.0

extension Nova {
    /// A server as Nova shows it.
    ///
    /// A record from a cell that is down has little more than id and status UNKNOWN: it was not observed.
    /// A deleted server, which only a `changes-since` list shows, has lost its tags and metadata.
    package struct Server: Codable, Hashable, Sendable {
        package var id: String
        package var name: String?
        package var status: Status
        package var projectID: String?
        package var userID: String?
        package var hostID: String?
        package var metadata: [String: String]?
        package var tags: [String]?
        package var image: ImageReference?
        package var flavor: EmbeddedFlavor?
        package var addresses: [String: [Address]]?
        package var keyName: String?
        package var created: String?
        package var updated: String?
        package var launchedAt: String?
        package var availabilityZone: String?
        package var taskState: String?
        package var vmState: String?
        package var powerState: Int?
        package var locked: Bool?
        package var lockedReason: String?
        package var volumes: [AttachedVolume]?
        package var fault: Fault?

        enum CodingKeys: String, CodingKey {
            case id, name, status, metadata, tags, image, flavor, addresses, created, updated, locked, fault
            case projectID = "tenant_id"
            case userID = "user_id"
            case hostID = "hostId"
            case keyName = "key_name"
            case launchedAt = "OS-SRV-USG:launched_at"
            case availabilityZone = "OS-EXT-AZ:availability_zone"
            case taskState = "OS-EXT-STS:task_state"
            case vmState = "OS-EXT-STS:vm_state"
            case powerState = "OS-EXT-STS:power_state"
            case lockedReason = "locked_reason"
            case volumes = "os-extended-volumes:volumes_attached"
        }
    }
}

extension Nova.Server {
    /// The little that is known of a server when its creation was answered.
    package init(id: String, name: String? = nil, status: Status) {
        self.id = id
        self.name = name
        self.status = status
    }

    /// What a server is doing.
    ///
    /// https://docs.openstack.org/api-guide/compute/server_concepts.html
    package struct Status: WireWord {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let active: Status = "ACTIVE"
        package static let build: Status = "BUILD"
        package static let deleted: Status = "DELETED"
        package static let error: Status = "ERROR"
        package static let reboot: Status = "REBOOT"
        package static let shutoff: Status = "SHUTOFF"
        package static let softDeleted: Status = "SOFT_DELETED"
        /// Nova cannot say: its cell does not answer.
        package static let unknown: Status = "UNKNOWN"
    }

    /// The image it was made from; Nova writes an empty text for a server that boots from a volume.
    package enum ImageReference: Codable, Hashable, Sendable {
        case image(id: String)
        case none

        private struct Named: Codable { var id: String }

        package init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let image = try? value.decode(Named.self) {
                self = .image(id: image.id)
            } else {
                self = .none
            }
        }

        package func encode(to encoder: any Encoder) throws {
            var value = encoder.singleValueContainer()
            switch self {
            case .image(let id): try value.encode(Named(id: id))
            case .none: try value.encode("")
            }
        }

        package var id: String? { if case .image(let id) = self { id } else { nil } }
    }

    /// A copy of the flavor at the time of creation or resize; it has no id.
    package struct EmbeddedFlavor: Codable, Hashable, Sendable {
        package var name: String?
        package var vcpus: Int?
        /// In MiB.
        package var ram: Int?
        /// In GiB.
        package var disk: Int?

        enum CodingKeys: String, CodingKey {
            case vcpus, ram, disk
            case name = "original_name"
        }
    }

    package struct Address: Codable, Hashable, Sendable {
        package var address: String
        /// 4 or 6.
        package var version: Int
        /// `fixed` or `floating`.
        package var type: String?
        package var macAddress: String?

        enum CodingKeys: String, CodingKey {
            case version
            case address = "addr"
            case type = "OS-EXT-IPS:type"
            case macAddress = "OS-EXT-IPS-MAC:mac_addr"
        }
    }

    package struct AttachedVolume: Codable, Hashable, Sendable {
        package var id: String
        package var deleteOnTermination: Bool?

        package init(id: String, deleteOnTermination: Bool? = nil) {
            self.id = id
            self.deleteOnTermination = deleteOnTermination
        }

        enum CodingKeys: String, CodingKey {
            case id
            case deleteOnTermination = "delete_on_termination"
        }
    }

    /// Why a server is in ERROR, in Nova's own words.
    package struct Fault: Codable, Hashable, Sendable {
        package var code: Int?
        package var message: String
        package var created: String?
        /// For the provider's staff only; members do not get it.
        package var details: String?
    }
}
