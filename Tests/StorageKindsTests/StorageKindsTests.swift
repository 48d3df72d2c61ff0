// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import KindContract
import Resources
import Schemas
import SiteKindContract
import SiteKinds
import Testing

@testable import StorageKinds

@Suite("Storage kinds")
struct StorageKindsTests {
    /// `Kinds/Storage` of this checkout.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Kinds/Storage")

    @Test("hold what every kind must", arguments: StorageKinds.kinds.map(\.names.kind))
    func contract(name: String) throws {
        let kind = try #require(StorageKinds.kinds.first { $0.names.kind == name })
        let contract = KindContract(
            kind, folder: Self.folder.appending(path: name).path(), recode: { try Self.recode(name, $0) },
            codableKeys: Self.keys[name] ?? [:],
            reasons: SiteReasons.all + (Self.reasons[name] ?? []), isReconciled: true)
        #expect(contract.problems() == [])
    }

    @Test("are those that other kinds refer to")
    func types() throws {
        #expect(StorageKinds.kinds.map(\.type) == [.volume, .volumeSnapshot])
        _ = try KindRegistry(StorageKinds.kinds)
    }

    /// Whole objects through the kinds' own types.
    private static func recode(_ name: String, _ object: JSON) throws -> JSON {
        var object = object
        let spec = object["spec"] ?? [:]
        switch name {
        case "Volume": object["spec"] = try JSON(encoding: spec.decode(VolumeSpec.self))
        case "VolumeSnapshot": object["spec"] = try JSON(encoding: spec.decode(VolumeSnapshotSpec.self))
        default: break
        }
        return object
    }

    private static let reasons = [
        "Volume": ["VolumeError", "Gone", "LargerThanWanted"], "VolumeSnapshot": ["SnapshotError", "Gone"],
    ]

    private static let keys: [String: [String: [String]]] = [
        "Volume": [
            "spec": VolumeSpec.CodingKeys.allCases.map(\.rawValue),
            "spec.source": VolumeSpec.Source.CodingKeys.allCases.map(\.rawValue),
            "spec.openstack": VolumeSpec.OpenStack.CodingKeys.allCases.map(\.rawValue),
            "status": VolumeStatus.CodingKeys.allCases.map(\.rawValue) + Schema.machineryStatus,
            "status.attachments": VolumeStatus.Attachment.CodingKeys.allCases.map(\.rawValue),
        ],
        "VolumeSnapshot": [
            "spec": VolumeSnapshotSpec.CodingKeys.allCases.map(\.rawValue),
            "status": VolumeSnapshotStatus.CodingKeys.allCases.map(\.rawValue) + Schema.machineryStatus,
        ],
    ]
}
