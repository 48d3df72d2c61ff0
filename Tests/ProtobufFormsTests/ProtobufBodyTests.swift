// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONTree
import SwiftProtobuf
import Testing

@testable import ProtobufForms

@Suite("A protobuf body")
struct ProtobufBodyTests {
    private static func body(
        _ message: some Message, _ apiVersion: String = "v1", _ kind: String,
        change: (inout RuntimeUnknown) -> Void = { _ in }
    ) throws -> [UInt8] {
        var envelope = RuntimeUnknown()
        envelope.typeMeta.apiVersion = apiVersion
        envelope.typeMeta.kind = kind
        envelope.raw = try message.serializedData()
        change(&envelope)
        return [0x6b, 0x38, 0x73, 0x00] + Array(try envelope.serializedData())
    }

    private static func tree(_ bytes: [UInt8]) throws -> JSON {
        try ProtobufBody.tree(bytes, apiVersion: "v1", kind: "ConfigMap")
    }

    @Test("keeps all that stands in metadata")
    func metadata() throws {
        var given = MetaObjectMeta()
        given.name = "a"
        given.labels = ["b": "2", "a": "1"]
        given.creationTimestamp = [.with { $0.seconds = 1_767_225_600 }]
        given.deletionTimestamp = [MetaTime()]
        given.ownerReferences = [
            .with {
                $0.kind = "Secret"
                $0.controller = false
            }
        ]
        given.managedFields = [
            .with {
                $0.manager = "kubectl"
                $0.fieldsV1.raw = Data(#"{"f:data":{"f:a":{}}}"#.utf8)
            }
        ]
        let map = CoreConfigMap.with { $0.metadata = [given] }
        let metadata = try Self.tree(Self.body(map, "v1", "ConfigMap"))["metadata"]
        #expect(
            metadata == [
                "name": "a", "creationTimestamp": "2026-01-01T00:00:00Z", "labels": ["a": "1", "b": "2"],
                "ownerReferences": [["kind": "Secret", "controller": false]],
                "managedFields": [["manager": "kubectl", "fieldsV1": ["f:data": ["f:a": [:]]]]],
            ])
        #expect(metadata?["labels"]?.object?.keys == ["a", "b"])
    }

    @Test("has times with six digits where Kubernetes has them, and numbers as numbers")
    func lease() throws {
        var lease = CoordinationLease()
        lease.spec.holderIdentity = ""
        lease.spec.leaseDurationSeconds = 15
        lease.spec.leaseTransitions = 0
        lease.spec.renewTime.seconds = 0
        lease.spec.renewTime.nanos = 12_345_678
        let tree = try Self.tree(Self.body(lease, "coordination.k8s.io/v1", "Lease"))
        #expect(
            tree["spec"] == [
                "holderIdentity": "", "leaseDurationSeconds": 15, "renewTime": "1970-01-01T00:00:00.012345Z",
                "leaseTransitions": 0,
            ])
    }

    @Test("may be binary data, which is base64 in JSON")
    func binary() throws {
        var map = CoreConfigMap()
        map.binaryData = ["zero": Data([0, 255]), "none": Data()]
        map.immutable = false
        let tree = try Self.tree(Self.body(map, "v1", "ConfigMap"))
        #expect(tree["binaryData"] == ["none": "", "zero": "AP8="])
        #expect(tree["immutable"] == false)
    }

    @Test("that names no kind is of the kind that the path asks for")
    func unnamed() throws {
        var map = CoreConfigMap()
        map.data = ["a": "1"]
        let tree = try Self.tree(Self.body(map, "", "") { $0.clearTypeMeta() })
        #expect(tree == ["kind": "ConfigMap", "apiVersion": "v1", "data": ["a": "1"]])
    }

    @Test("may hold the options of a deletion, in any group")
    func deletion() throws {
        var options = MetaDeleteOptions()
        options.gracePeriodSeconds = 0
        options.propagationPolicy = "Foreground"
        options.preconditions.uid = "1"
        let tree = try Self.tree(Self.body(options, "coordination.k8s.io/v1", "DeleteOptions"))
        #expect(tree["gracePeriodSeconds"] == 0 && tree["propagationPolicy"] == "Foreground")
        #expect(tree["preconditions"] == ["uid": "1"])
    }

    @Test("keeps the difference between a question about all and none")
    func emptyQuestion() throws {
        var review = AuthorizationSubjectAccessReview()
        review.spec.resourceAttributes = [AuthorizationResourceAttributes()]
        review.spec.extra = ["team": .with { $0.items = ["blue"] }]
        let tree = try Self.tree(Self.body(review, "authorization.k8s.io/v1", "SubjectAccessReview"))
        #expect(tree["spec"] == ["resourceAttributes": [:], "extra": ["team": ["blue"]]])
    }

    @Test("is refused for what it cannot be")
    func refused() throws {
        var map = CoreConfigMap()
        map.metadata = [.with { $0.creationTimestamp = [.with { $0.seconds = .max }] }]
        var odd = CoreConfigMap()
        let deep = MetaManagedFieldsEntry.with { $0.fieldsV1.raw = Data(String(repeating: "[", count: 100_000).utf8) }
        odd.metadata = [.with { $0.managedFields = [deep] }]
        var late = CoordinationLease()
        late.spec.renewTime.seconds = 1
        late.spec.renewTime.nanos = -1
        let bodies: [[UInt8]] = [
            [], [0x6b, 0x38, 0x73], Array(#"{"kind":"ConfigMap"}"#.utf8), [0x6b, 0x38, 0x73, 0, 0xff],
            try Self.body(CoreConfigMap(), "v1", "Pod"),
            try Self.body(CoreConfigMap(), "v1", "ConfigMap") { $0.contentEncoding = "gzip" },
            try Self.body(CoreConfigMap(), "v1", "ConfigMap") { $0.contentType = "application/json" },
            try Self.body(CoreConfigMap(), "v1", "ConfigMap") { $0.raw = Data([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]) },
            try Self.body(map, "v1", "ConfigMap"), try Self.body(odd, "v1", "ConfigMap"),
            try Self.body(late, "coordination.k8s.io/v1", "Lease"),
        ]
        for body in bodies {
            #expect(throws: UnreadableMessage.self) { try Self.tree(body) }
        }
    }
}
