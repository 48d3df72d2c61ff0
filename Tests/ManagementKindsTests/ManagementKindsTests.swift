// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import KindContract
import Resources
import Schemas
import SiteKindContract
import SiteKinds
import Testing

@testable import ManagementKinds

@Suite("Management kinds")
struct ManagementKindsTests {
    /// `Kinds/Management` of this checkout.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Kinds/Management")

    private static let common = ["Settled", "SiteError", "Forbidden", "Refused"]
    private static let reasons = [
        "Site": common + ["InvalidCredential", "NotOffered", "InUse", "Answers", "Silent"],
        "Organization": common + ["Progressing", "InvalidCredential", "CredentialShared", "NotOffered", "InUse"],
        "Project": common + SiteReasons.all + ["Progressing", "Waiting", "NotEmpty"],
    ]

    private static let keys: [String: [String: [String]]] = [
        "Site": [
            "spec": [
                "displayName", "description", "credentialsRef", "observerCloud", "region", "endpoints", "caCertificate",
                "settleSeconds", "access",
            ], "spec.credentialsRef": ["name", "cloud"],
            "status.flavors": ["name", "id", "vcpus", "ramMiB", "diskGiB"],
            "status.images": ["name", "id", "status", "minDiskGiB", "minRAMMiB", "visibility"],
            "status.services": ["type", "name", "url", "version", "minMicroversion", "maxMicroversion"],
        ],
        "Organization": [
            "spec": ["displayName", "sites", "issuers"], "spec.sites": ["name", "access", "credentialsRef", "project"],
            "status.sites": ["name", "ready", "message", "domainID", "serviceUserID", "passwordFrom"],
        ],
        "Project": [
            "spec": ["displayName", "description", "sites"],
            "status.sites": ["name", "id", "ready", "reason", "message"],
        ],
    ]

    @Test("hold what every kind must", arguments: ManagementKinds.kinds.map(\.names.kind))
    func contract(name: String) throws {
        let kind = try #require(ManagementKinds.kinds.first { $0.names.kind == name })
        let contract = KindContract(
            kind, folder: Self.folder.appending(path: name).path(), recode: { try recode($0, name) },
            codableKeys: Self.keys[name] ?? [:], reasons: Self.reasons[name] ?? [],
            isReconciled: true)
        #expect(contract.problems() == [])
    }

    @Test("are the types that other kinds refer to")
    func types() {
        #expect(Site.kind.type == .site)
        #expect(Organization.kind.type == .organization)
        #expect(Project.kind.type == .project)
    }

    @Test("fit into one registry")
    func registry() throws { _ = try KindRegistry(ManagementKinds.kinds) }
}

/// Reads the spec into the kind's type and writes it again, in the order of the keys.
private func recode(_ tree: JSON, _ name: String) throws -> JSON {
    var tree = tree
    guard let spec = tree["spec"] else { return tree }
    switch name {
    case "Site": tree["spec"] = try reordered(JSON(encoding: spec.decode(Site.Spec.self)), like: spec)
    case "Organization": tree["spec"] = try reordered(JSON(encoding: spec.decode(Organization.Spec.self)), like: spec)
    default: tree["spec"] = try reordered(JSON(encoding: spec.decode(Project.Spec.self)), like: spec)
    }
    return tree
}

private func reordered(_ tree: JSON, like other: JSON) -> JSON {
    guard let object = tree.object, let model = other.object else { return tree }
    let known = model.keys.compactMap { key in object[key].map { (key, reordered($0, like: model[key] ?? .null)) } }
    let rest = object.members.filter { model[$0.key] == nil }.map { ($0.key, $0.value) }
    return .object(JSONObject(known + rest))
}
