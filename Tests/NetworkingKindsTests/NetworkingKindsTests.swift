// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import KindContract
import Resources
import Schemas
import SiteKindContract
import SiteKinds
import Testing

@testable import NetworkingKinds

@Suite("Networking kinds")
struct NetworkingKindsTests {
    /// `Kinds/Networking` of this checkout.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Kinds/Networking")

    @Test("hold what every kind must", arguments: NetworkingKinds.kinds.map(\.names.kind))
    func contract(name: String) throws {
        let kind = try #require(NetworkingKinds.kinds.first { $0.names.kind == name })
        let contract = KindContract(
            kind, folder: Self.folder.appending(path: name).path(), recode: { try Self.recode(name, $0) },
            codableKeys: Self.keys[name] ?? [:],
            reasons: SiteReasons.all + (Self.reasons[name] ?? []), isReconciled: true)
        #expect(contract.problems() == [])
    }

    @Test("are those that other kinds refer to")
    func types() throws {
        #expect(NetworkingKinds.kinds.map(\.type) == [.floatingIP, .network, .port, .router, .securityGroup])
        _ = try KindRegistry(NetworkingKinds.kinds)
    }

    /// Whole objects through the kinds' own types.
    private static func recode(_ name: String, _ object: JSON) throws -> JSON {
        var object = object
        let spec = object["spec"] ?? [:]
        switch name {
        case "FloatingIP": object["spec"] = try JSON(encoding: spec.decode(FloatingIPSpec.self))
        case "Network": object["spec"] = try JSON(encoding: spec.decode(NetworkSpec.self))
        case "Port": object["spec"] = try JSON(encoding: spec.decode(PortSpec.self))
        case "Router": object["spec"] = try JSON(encoding: spec.decode(RouterSpec.self))
        case "SecurityGroup": object["spec"] = try JSON(encoding: spec.decode(SecurityGroupSpec.self))
        default: break
        }
        return object
    }

    private static let reasons = [
        "FloatingIP": ["ExternalNetworkNotOffered", "InterfaceNotFound", "NotRouted", "AddressDiffers"],
        "Network": ["ExternalNetworkNotOffered"], "Port": ["SubnetNotFound", "NetworkDiffers"],
        "Router": ["ExternalNetworkNotOffered", "NetworkHasRouter", "SiteDiffers", "SubnetNotFound"],
    ]

    private static let keys: [String: [String: [String]]] = [
        "FloatingIP": [
            "spec": FloatingIPSpec.CodingKeys.allCases.map(\.rawValue),
            "status": FloatingIPStatus.CodingKeys.allCases.map(\.rawValue) + Schema.machineryStatus,
        ],
        "Network": [
            "spec": NetworkSpec.CodingKeys.allCases.map(\.rawValue),
            "spec.subnets": NetworkSpec.Subnet.CodingKeys.allCases.map(\.rawValue),
            "spec.subnets.allocationPools": NetworkSpec.Pool.CodingKeys.allCases.map(\.rawValue),
            "spec.openstack": NetworkSpec.OpenStack.CodingKeys.allCases.map(\.rawValue),
            "status": NetworkStatus.CodingKeys.allCases.map(\.rawValue) + Schema.machineryStatus,
            "status.subnets": NetworkStatus.Subnet.CodingKeys.allCases.map(\.rawValue),
        ],
        "Port": [
            "spec": PortSpec.CodingKeys.allCases.map(\.rawValue),
            "spec.fixedIPs": PortSpec.FixedIP.CodingKeys.allCases.map(\.rawValue),
            "spec.allowedAddressPairs": PortSpec.AddressPair.CodingKeys.allCases.map(\.rawValue),
            "status": PortStatus.CodingKeys.allCases.map(\.rawValue) + Schema.machineryStatus,
            "status.addresses": PortStatus.Address.CodingKeys.allCases.map(\.rawValue),
        ],
        "Router": [
            "spec": RouterSpec.CodingKeys.allCases.map(\.rawValue),
            "spec.networks": RouterSpec.Attachment.CodingKeys.allCases.map(\.rawValue),
            "spec.routes": RouterSpec.Route.CodingKeys.allCases.map(\.rawValue),
            "status": RouterStatus.CodingKeys.allCases.map(\.rawValue) + Schema.machineryStatus,
            "status.interfaces": RouterStatus.Interface.CodingKeys.allCases.map(\.rawValue),
        ],
        "SecurityGroup": [
            "spec": SecurityGroupSpec.CodingKeys.allCases.map(\.rawValue),
            "spec.rules": SecurityGroupSpec.Rule.CodingKeys.allCases.map(\.rawValue),
            "status": SecurityGroupStatus.CodingKeys.allCases.map(\.rawValue) + Schema.machineryStatus,
        ],
    ]
}
