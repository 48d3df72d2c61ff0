// SPDX-License-Identifier: Apache-2.0

extension Nova {
    /// A public key, which belongs to the user and not to the project.
    package struct Keypair: Codable, Hashable, Sendable {
        package var name: String
        package var publicKey: String
        package var fingerprint: String?
        package var type: String?

        enum CodingKeys: String, CodingKey {
            case name, fingerprint, type
            case publicKey = "public_key"
        }
    }

    /// A server's interface, with the port behind it.
    package struct InterfaceAttachment: Codable, Hashable, Sendable {
        package var portID: String
        package var networkID: String
        package var macAddress: String?
        package var portState: String?
        package var fixedIPs: [Neutron.FixedIP]?

        enum CodingKeys: String, CodingKey {
            case portID = "port_id"
            case networkID = "net_id"
            case macAddress = "mac_addr"
            case portState = "port_state"
            case fixedIPs = "fixed_ips"
        }
    }
}
