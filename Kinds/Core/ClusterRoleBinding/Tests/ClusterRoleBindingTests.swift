// SPDX-License-Identifier: Apache-2.0

import struct Access.RoleBooks
import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("ClusterRoleBinding")
struct ClusterRoleBindingTests {
    static let kind = ClusterRoleBinding.kind(reviewer: RoleBooks())

    @Test("is served where upstream serves it")
    func place() {
        #expect(Self.kind.groupResource.text == "clusterrolebindings.rbac.authorization.k8s.io")
        #expect(Self.kind.versions.map(\.name) == ["v1"])
        #expect(Self.kind.isNamespaced == false)
    }

    @Test("has a schema that takes what is good and names what is not")
    func schema() throws {
        let schema = try #require(Self.kind.versions.first?.schema)
        #expect(
            schema.issues(in: [
                "roleRef": ["kind": "ClusterRole", "name": "a"], "subjects": [["kind": "Group", "name": "team"]],
            ]).isEmpty)
        let issues = schema.issues(in: [
            "roleRef": ["kind": "ClusterRole", "name": "a"], "subjects": [["kind": "Team", "name": "t"]],
        ])
        #expect(issues.map(\.path) == ["subjects[0].kind"])
    }
}
