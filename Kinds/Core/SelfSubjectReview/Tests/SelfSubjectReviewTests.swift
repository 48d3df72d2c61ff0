// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("SelfSubjectReview")
struct SelfSubjectReviewTests {
    static let kind = SelfSubjectReview.kind

    @Test("is served where upstream serves it")
    func place() {
        #expect(Self.kind.groupResource.text == "selfsubjectreviews.authentication.k8s.io")
        #expect(Self.kind.versions.map(\.name) == ["v1"])
        #expect(Self.kind.isNamespaced == false)
    }

    @Test("has a schema that takes what is good and names what is not")
    func schema() throws {
        let schema = try #require(Self.kind.versions.first?.schema)
        #expect(schema.issues(in: [:]).isEmpty)
        let issues = schema.issues(in: ["status": ["userInfo": ["groups": "a"]]])
        #expect(issues.map(\.path) == ["status.userInfo.groups"])
    }
}
