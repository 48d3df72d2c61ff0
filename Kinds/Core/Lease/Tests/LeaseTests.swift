// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("Lease")
struct LeaseTests {
    static let kind = Lease.kind

    @Test("is served where upstream serves it")
    func place() {
        #expect(Self.kind.groupResource.text == "leases.coordination.k8s.io")
        #expect(Self.kind.versions.map(\.name) == ["v1"])
        #expect(Self.kind.isNamespaced == true)
    }

    @Test("has a schema that takes what is good and names what is not")
    func schema() throws {
        let schema = try #require(Self.kind.versions.first?.schema)
        #expect(
            schema.issues(in: [
                "spec": ["holderIdentity": "a", "leaseDurationSeconds": 15, "renewTime": "2027-01-15T08:00:00.000001Z"]
            ]).isEmpty)
        let issues = Self.kind.issues(Object(["spec": ["leaseDurationSeconds": 0]]), nil)
        #expect(issues.map(\.text) == ["spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"])
    }
}
