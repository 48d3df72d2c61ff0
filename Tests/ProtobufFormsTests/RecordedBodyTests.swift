// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONTree
import Testing

@testable import ProtobufForms

/// Bodies as kubectl 1.33 sent them, one a file of `Fixtures`.
@Suite("A recorded body")
struct RecordedBodyTests {
    struct Case: CustomTestStringConvertible {
        var file: String
        var object: JSON
        var testDescription: String { file }

        init(_ file: String, _ apiVersion: String, _ kind: String, _ members: JSON) {
            self.file = file
            var object: JSON = ["kind": .string(kind), "apiVersion": .string(apiVersion)]
            for member in members.object?.members ?? [] { object[member.key] = member.value }
            self.object = object
        }
    }

    private static let rbac = "rbac.authorization.k8s.io/v1"
    private static let questions = "authorization.k8s.io/v1"
    private static let logins = "authentication.k8s.io/v1"

    static let cases = [
        Case("namespace", "v1", "Namespace", ["metadata": ["name": "demo"]]),
        Case(
            "secret", "v1", "Secret",
            ["metadata": ["name": "login", "namespace": "demo"], "data": ["user": "YW5uYQ==", "word": "b3Blbg=="]]),
        Case(
            "config-map", "v1", "ConfigMap",
            ["metadata": ["name": "words", "namespace": "demo"], "data": ["a": "1", "b": "two"]]),
        Case("service-account", "v1", "ServiceAccount", ["metadata": ["name": "robot", "namespace": "demo"]]),
        Case(
            "role", rbac, "Role",
            [
                "metadata": ["name": "reader", "namespace": "demo"],
                "rules": [
                    [
                        "verbs": ["get", "list"], "apiGroups": [""], "resources": ["secrets"],
                        "resourceNames": ["login"],
                    ]
                ],
            ]),
        Case(
            "cluster-role", rbac, "ClusterRole",
            ["metadata": ["name": "pages"], "rules": [["verbs": ["get"], "nonResourceURLs": ["/metrics"]]]]),
        Case(
            "cluster-role-aggregated", rbac, "ClusterRole",
            [
                "metadata": ["name": "all"],
                "aggregationRule": ["clusterRoleSelectors": [["matchLabels": ["team": "blue"]]]],
            ]),
        Case(
            "role-binding", rbac, "RoleBinding",
            [
                "metadata": ["name": "anna", "namespace": "demo"],
                "subjects": [
                    ["kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "anna"],
                    ["kind": "ServiceAccount", "name": "robot", "namespace": "demo"],
                ],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"],
            ]),
        Case(
            "cluster-role-binding", rbac, "ClusterRoleBinding",
            [
                "metadata": ["name": "ops"],
                "subjects": [["kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": "ops"]],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "admin"],
            ]),
        Case(
            "token", logins, "TokenRequest", ["spec": ["audiences": ["one"], "expirationSeconds": 3600]]),
        Case(
            "can-i", questions, "SelfSubjectAccessReview",
            [
                "spec": [
                    "resourceAttributes": [
                        "namespace": "demo", "verb": "get", "resource": "secrets", "name": "login",
                    ]
                ]
            ]),
        Case(
            "can-i-path", questions, "SelfSubjectAccessReview",
            ["spec": ["nonResourceAttributes": ["path": "/metrics", "verb": "get"]]]),
        Case("can-i-list", questions, "SelfSubjectRulesReview", ["spec": ["namespace": "demo"]]),
        Case("who-am-i", logins, "SelfSubjectReview", [:]),
    ]

    @Test("is the object that it would be in JSON", arguments: cases)
    func read(_ given: Case) throws {
        let tree = try ProtobufBody.tree(try Self.bytes(given.file), apiVersion: "v1", kind: "Secret")
        #expect(tree == given.object)
    }

    @Test("cut off anywhere, is read or refused and never more", arguments: cases)
    func cut(_ given: Case) throws {
        let bytes = try Self.bytes(given.file)
        for length in bytes.indices {
            _ = try? ProtobufBody.tree(Array(bytes[..<length]), apiVersion: "v1", kind: "Secret")
        }
        #expect(throws: UnreadableMessage.self) {
            try ProtobufBody.tree(Array(bytes[..<(bytes.count / 2)]), apiVersion: "v1", kind: "Secret")
        }
    }

    @Test("with bytes changed, is read or refused and never more", arguments: cases)
    func changed(_ given: Case) throws {
        let bytes = try Self.bytes(given.file)
        let seed = UInt64.random(in: 1...UInt64.max)
        print("seed \(seed)")
        var random = Numbers(state: seed)
        for _ in 0..<2000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                changed[Int.random(in: 4..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? ProtobufBody.tree(changed, apiVersion: "v1", kind: "Secret")
        }
    }

    private static func bytes(_ file: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return Array(try Data(contentsOf: folder.appending(path: "Fixtures/\(file).binpb")))
    }
}

/// Numbers that follow from a seed (xorshift).
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
