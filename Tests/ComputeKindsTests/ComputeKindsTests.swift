// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import KindContract
import Resources
import Schemas
import SiteKindContract
import SiteKinds
import Testing

@testable import ComputeKinds

@Suite("Compute kinds")
struct ComputeKindsTests {
    /// `Kinds/Compute` of this checkout.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Kinds/Compute")

    @Test("hold what every kind must", arguments: ComputeKinds.kinds.map(\.names.kind))
    func contract(name: String) throws {
        let kind = try #require(ComputeKinds.kinds.first { $0.names.kind == name })
        let contract = KindContract(
            kind, folder: Self.folder.appending(path: name).path(), recode: { try Self.recode(name, $0) },
            codableKeys: Self.keys[name] ?? [:],
            reasons: SiteReasons.answers + SiteReasons.imports + (Self.reasons[name] ?? []), isReconciled: true)
        #expect(contract.problems() == [])
    }

    @Test("are those that other kinds refer to")
    func types() throws {
        #expect(ComputeKinds.kinds.map(\.type) == [.sshKey, .virtualMachine])
        _ = try KindRegistry(ComputeKinds.kinds)
    }

    /// Whole objects through the kinds' own types.
    private static func recode(_ name: String, _ object: JSON) throws -> JSON {
        var object = object
        let spec = object["spec"] ?? [:]
        switch name {
        case "SSHKey": object["spec"] = try JSON(encoding: spec.decode(SSHKeySpec.self))
        case "VirtualMachine": object["spec"] = try JSON(encoding: spec.decode(VirtualMachineSpec.self))
        default: break
        }
        return object
    }

    private static let reasons = [
        "SSHKey": ["NameTaken"],
        "VirtualMachine": SiteReasons.drift + [
            "NameTaken", "ServerError", "Gone", "UserDataInvalid", "NoRouter", "VolumeElsewhere",
            "ExternalNetworkNotOffered",
        ],
    ]

    private static let keys: [String: [String: [String]]] = [
        "SSHKey": [
            "spec": SSHKeySpec.CodingKeys.allCases.map(\.rawValue),
            "status": SSHKeyStatus.CodingKeys.allCases.map(\.rawValue) + Schema.machineryStatus,
            "status.sites": SSHKeyStatus.Site.CodingKeys.allCases.map(\.rawValue),
        ],
        "VirtualMachine": [
            "spec": VirtualMachineSpec.CodingKeys.allCases.map(\.rawValue),
            "spec.rootDisk": VirtualMachineSpec.RootDisk.CodingKeys.allCases.map(\.rawValue),
            "spec.volumes": VirtualMachineSpec.Volume.CodingKeys.allCases.map(\.rawValue),
            "spec.networks": VirtualMachineSpec.Interface.CodingKeys.allCases.map(\.rawValue),
            "spec.userDataFrom": VirtualMachineSpec.UserDataFrom.CodingKeys.allCases.map(\.rawValue),
            "spec.userDataFrom.secret": VirtualMachineSpec.UserDataFrom.SecretKey.CodingKeys.allCases.map(\.rawValue),
            "spec.floatingIP": VirtualMachineSpec.FloatingIP.CodingKeys.allCases.map(\.rawValue),
            "spec.openstack": VirtualMachineSpec.OpenStack.CodingKeys.allCases.map(\.rawValue),
            "status": VirtualMachineStatus.CodingKeys.allCases.map(\.rawValue) + Schema.machineryStatus,
            "status.addresses": VirtualMachineStatus.Address.CodingKeys.allCases.map(\.rawValue),
            "status.flavor": VirtualMachineStatus.Flavor.CodingKeys.allCases.map(\.rawValue),
            "status.volumes": VirtualMachineStatus.Volume.CodingKeys.allCases.map(\.rawValue),
            "status.ports": VirtualMachineStatus.Port.CodingKeys.allCases.map(\.rawValue),
            "status.fault": VirtualMachineStatus.Fault.CodingKeys.allCases.map(\.rawValue),
        ],
    ]
}
