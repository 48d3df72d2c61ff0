// SPDX-License-Identifier: Apache-2.0

extension Nova {
    /// A size of server.
    package struct Flavor: Codable, Hashable, Sendable {
        package var id: String
        package var name: String
        package var vcpus: Int
        /// In MiB.
        package var ram: Int
        /// In GiB; 0 means that a root volume is needed.
        package var disk: Int
        package var isDisabled: Bool?
        package var isPublic: Bool?
        package var description: String?
        package var extraSpecs: [String: String]?

        enum CodingKeys: String, CodingKey {
            case id, name, vcpus, ram, disk, description
            case isDisabled = "OS-FLV-DISABLED:disabled"
            case isPublic = "os-flavor-access:is_public"
            case extraSpecs = "extra_specs"
        }
    }

    /// What a project may have and has.
    ///
    /// -1 means without limit.
    package struct Limits: Codable, Hashable, Sendable {
        package var maxInstances: Int
        package var maxCores: Int
        /// In MiB.
        package var maxRAM: Int
        package var instancesUsed: Int
        package var coresUsed: Int
        /// In MiB.
        package var ramUsed: Int
        package var maxKeypairs: Int?

        enum CodingKeys: String, CodingKey {
            case maxInstances = "maxTotalInstances"
            case maxCores = "maxTotalCores"
            case maxRAM = "maxTotalRAMSize"
            case instancesUsed = "totalInstancesUsed"
            case coresUsed = "totalCoresUsed"
            case ramUsed = "totalRAMUsed"
            case maxKeypairs = "maxTotalKeypairs"
        }
    }
}
