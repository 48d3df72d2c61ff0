// SPDX-License-Identifier: Apache-2.0

import struct Access.RoleBooks
import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("LocalSubjectAccessReview")
struct LocalSubjectAccessReviewTests {
    static let kind = LocalSubjectAccessReview.kind(reviewer: RoleBooks())

    @Test("is served where upstream serves it")
    func place() {
        #expect(Self.kind.groupResource.text == "localsubjectaccessreviews.authorization.k8s.io")
        #expect(Self.kind.versions.map(\.name) == ["v1"])
        #expect(Self.kind.isNamespaced == true)
    }

    @Test("has a schema that takes what is good and names what is not")
    func schema() throws {
        let schema = try #require(Self.kind.versions.first?.schema)
        #expect(
            schema.issues(in: [
                "spec": [
                    "user": "ann", "resourceAttributes": ["verb": "get", "resource": "secrets", "namespace": "demo"],
                ]
            ]).isEmpty)
        let issues = schema.issues(in: ["spec": ["groups": "team"]])
        #expect(issues.map(\.path) == ["spec.groups"])
    }
}
