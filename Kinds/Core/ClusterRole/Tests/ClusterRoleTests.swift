// SPDX-License-Identifier: Apache-2.0

import struct Access.RoleBooks
import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("ClusterRole")
struct ClusterRoleTests {
    static let kind = ClusterRole.kind(reviewer: RoleBooks())

    @Test("is served where upstream serves it")
    func place() {
        #expect(Self.kind.groupResource.text == "clusterroles.rbac.authorization.k8s.io")
        #expect(Self.kind.versions.map(\.name) == ["v1"])
        #expect(Self.kind.isNamespaced == false)
    }

    @Test("has a schema that takes what is good and names what is not")
    func schema() throws {
        let schema = try #require(Self.kind.versions.first?.schema)
        #expect(
            schema.issues(in: [
                "rules": [["verbs": ["get"], "nonResourceURLs": ["/x"]]],
                "aggregationRule": ["clusterRoleSelectors": [["matchLabels": ["a": "b"]]]],
            ]).isEmpty)
        let issues = schema.issues(in: ["rules": [["resources": ["a"]]]])
        #expect(issues.map(\.path) == ["rules[0].verbs"])
    }

    @Test("says what is wrong with an aggregation rule")
    func aggregationIssues() {
        let none = object(ClusterRole.type, "x", [("aggregationRule", ["clusterRoleSelectors": []])])
        #expect(Self.kind.issues(none, nil).map(\.path) == ["aggregationRule.clusterRoleSelectors"])
        let bad: JSON = ["matchExpressions": [["key": "a", "operator": "In"]]]
        let odd = object(ClusterRole.type, "x", [("aggregationRule", ["clusterRoleSelectors": [[:], bad]])])
        #expect(Self.kind.issues(odd, nil).map(\.path) == ["aggregationRule.clusterRoleSelectors[1]"])
    }
}
