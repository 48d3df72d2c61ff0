// SPDX-License-Identifier: Apache-2.0

import struct Access.RoleBooks
import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("SubjectAccessReview")
struct SubjectAccessReviewTests {
    static let kind = SubjectAccessReview.kind(reviewer: RoleBooks())

    @Test("is served where upstream serves it")
    func place() {
        #expect(Self.kind.groupResource.text == "subjectaccessreviews.authorization.k8s.io")
        #expect(Self.kind.versions.map(\.name) == ["v1"])
        #expect(Self.kind.isNamespaced == false)
    }

    @Test("has a schema that takes what is good and names what is not")
    func schema() throws {
        let schema = try #require(Self.kind.versions.first?.schema)
        #expect(
            schema.issues(in: [
                "spec": [
                    "groups": ["team"], "extra": ["a": ["b"]], "nonResourceAttributes": ["verb": "get", "path": "/x"],
                ]
            ]).isEmpty)
        let issues = schema.issues(in: ["spec": ["nonResourceAttributes": ["path": 1]]])
        #expect(issues.map(\.path) == ["spec.nonResourceAttributes.path"])
    }
}
