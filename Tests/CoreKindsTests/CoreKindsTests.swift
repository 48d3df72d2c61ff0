// SPDX-License-Identifier: Apache-2.0

import Access
import FoundationEssentials
import JSONTree
import KindContract
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("Core kinds")
struct CoreKindsTests {
    static let kinds = CoreKinds.all(.init(reviewer: RoleBooks(), tokens: testTokens()))

    private static let reasons = [
        "Namespace": ["SomeResourcesRemain"],
        "CustomResourceDefinition": [
            "NoConflicts", "PluralConflict", "SingularConflict", "ShortNamesConflict", "KindConflict",
            "ListKindConflict", "InitialNamesAccepted", "NotAccepted", "InstanceDeletionPending",
            "InstanceDeletionInProgress",
        ],
    ]

    /// `Kinds/Core` of this checkout.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Kinds/Core")

    @Test("hold what every kind must", arguments: kinds.map(\.names.kind))
    func contract(name: String) throws {
        let kind = try #require(Self.kinds.first { $0.names.kind == name })
        let contract = KindContract(
            kind, folder: Self.folder.appending(path: name).path(), reasons: Self.reasons[name] ?? [])
        #expect(contract.problems() == [])
    }

    @Test("let RBAC objects be named as the built-in ones are", arguments: [true, false])
    func names(isRoot: Bool) throws {
        let builtIn = BuiltInRoles(isRoot: isRoot)
        let objects =
            builtIn.roles.map { $0.object(organization: "acme") }
            + builtIn.bindings.map { $0.object(organization: "acme") }
        for object in objects {
            let kind = try #require(Self.kinds.first { $0.names.kind == object.kind })
            #expect(MetadataRules.issues(in: object, replacing: nil, of: kind).isEmpty)
            #expect(kind.issues(object, nil).isEmpty)
            #expect(kind.versions[0].schema.issues(in: object.tree).isEmpty)
        }
    }

    @Test("have names of their own, and fit into one registry")
    func registry() throws {
        #expect(Set(Self.kinds.map(\.groupResource)).count == Self.kinds.count)
        _ = try KindRegistry(Self.kinds)
    }
}
