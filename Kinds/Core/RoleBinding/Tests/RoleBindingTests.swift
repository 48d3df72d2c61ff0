// SPDX-License-Identifier: Apache-2.0

import struct Access.RoleBooks
import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("RoleBinding")
struct RoleBindingTests {
    static let kind = RoleBinding.kind(reviewer: RoleBooks())

    @Test("is served where upstream serves it")
    func place() {
        #expect(Self.kind.groupResource.text == "rolebindings.rbac.authorization.k8s.io")
        #expect(Self.kind.versions.map(\.name) == ["v1"])
        #expect(Self.kind.isNamespaced == true)
    }

    @Test("has a schema that takes what is good and names what is not")
    func schema() throws {
        let schema = try #require(Self.kind.versions.first?.schema)
        #expect(
            schema.issues(in: [
                "roleRef": ["kind": "Role", "name": "a"], "subjects": [["kind": "ServiceAccount", "name": "bot"]],
            ]).isEmpty)
        let issues = schema.issues(in: ["roleRef": ["kind": "Group", "name": "a"]])
        #expect(issues.map(\.path) == ["roleRef.kind"])
    }
}
