// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@Suite("The rules of metadata")
struct MetadataRulesTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let metadata: JSON
        var old: JSON?
        /// Path, reason and the beginning of the message.
        let issues: [(String, FieldIssue.Reason, String)]
        var testDescription: String { "\(metadata.text.prefix(120)) → \(issues.map(\.0))" }

        init(_ metadata: JSON, old: JSON? = nil, _ issues: (String, FieldIssue.Reason, String)...) {
            self.metadata = metadata
            self.old = old
            self.issues = issues
        }
    }

    static let reference: JSON = ["apiVersion": "v1", "kind": "Secret", "name": "s", "uid": "u", "controller": true]
    static let immutable = "field is immutable"

    static let cases: [Case] = [
        Case(["name": "web", "namespace": "demo"]),
        Case(["generateName": "web-", "namespace": "demo"]),
        Case(["namespace": "demo"], ("metadata.name", .required, "name or generateName is required")),
        Case(["name": "Web", "namespace": "demo"], ("metadata.name", .invalid, "a lowercase RFC 1123 subdomain")),
        Case(
            ["generateName": "-", "namespace": "demo"],
            ("metadata.generateName", .invalid, "a lowercase RFC 1123 subdomain")),
        Case(
            ["generateName": "We-", "namespace": "demo"],
            ("metadata.generateName", .invalid, "a lowercase RFC 1123 subdomain")),
        Case(["name": "web"], ("metadata.namespace", .required, "must name")),
        Case(["name": "web", "namespace": "a.b"], ("metadata.namespace", .invalid, "must not contain dots")),
        Case(
            ["name": "web", "namespace": "demo", "labels": ["a/b/c": "1", "x": "-", "ok/ok": "", "wrong": 1]],
            ("metadata.labels", .invalid, "a qualified name"), ("metadata.labels", .invalid, "a valid label")),
        Case(
            ["name": "web", "namespace": "demo", "annotations": ["Example.com/Key": "any text", "a b": ""]],
            ("metadata.annotations", .invalid, "name part")),
        Case(
            [
                "name": "web", "namespace": "demo",
                "annotations": ["a": .string(String(repeating: "x", count: 262_144))],
            ],
            ("metadata.annotations", .tooLong, "may not be more than 262144 bytes, has 262145")),
        Case(
            ["name": "web", "namespace": "demo", "ownerReferences": [reference, reference]],
            ("metadata.ownerReferences", .invalid, "only one reference can have controller")),
        Case(
            [
                "name": "web", "namespace": "demo",
                "ownerReferences": [["apiVersion": "a/b/c", "kind": "", "name": "n", "uid": ""]],
            ],
            ("metadata.ownerReferences[0].apiVersion", .invalid, "must be version"),
            ("metadata.ownerReferences[0].kind", .invalid, "must not be empty"),
            ("metadata.ownerReferences[0].uid", .invalid, "must not be empty")),
        Case(
            ["name": "web", "namespace": "demo", "finalizers": ["orphan", "foregroundDeletion", "a/b/c"]],
            ("metadata.finalizers", .invalid, "a qualified name"),
            ("metadata.finalizers", .invalid, "finalizer orphan and foregroundDeletion")),
        Case(
            ["name": "b", "namespace": "demo", "uid": "2", "creationTimestamp": "2026-01-02T00:00:00Z"],
            old: ["name": "a", "namespace": "demo", "uid": "1", "creationTimestamp": "2026-01-01T00:00:00Z"],
            ("metadata.name", .invalid, immutable), ("metadata.uid", .invalid, immutable),
            ("metadata.creationTimestamp", .invalid, immutable)),
        Case(
            ["name": "a", "namespace": "demo"],
            old: ["name": "a", "namespace": "demo", "uid": "1", "creationTimestamp": "2026-01-01T00:00:00Z"]),
        Case(
            ["name": "a", "namespace": "demo", "deletionTimestamp": "2026-01-01T00:00:00Z"],
            old: ["name": "a", "namespace": "demo"], ("metadata.deletionTimestamp", .invalid, immutable)),
        Case(
            ["name": "a", "namespace": "demo", "finalizers": ["x/a", "x/b"]],
            old: [
                "name": "a", "namespace": "demo", "finalizers": ["x/a"], "deletionTimestamp": "2026-01-01T00:00:00Z",
            ],
            ("metadata.finalizers", .forbidden, "no new finalizers can be added")),
    ]

    @Test("name what is wrong in upstream's words", arguments: cases)
    func issues(_ given: Case) {
        let old = given.old.map { Object(["metadata": $0]) }
        let found = MetadataRules.issues(in: Object(["metadata": given.metadata]), replacing: old, of: Widget.kind)
        #expect(found.map(\.path) == given.issues.map(\.0))
        #expect(found.map(\.reason) == given.issues.map(\.1))
        for (issue, expected) in zip(found, given.issues) {
            #expect(issue.message.hasPrefix(expected.2), "\(issue.message)")
        }
    }

    @Test("follow the kind: its own rule for names, no namespace for a cluster-scoped one")
    func kinds() {
        var kind = Widget.kind
        kind.isNamespaced = false
        kind.nameRule = .pathSegment
        let good = Object(["metadata": ["name": "system:Admin"]])
        #expect(MetadataRules.issues(in: good, replacing: nil, of: kind) == [])
        let bad = Object(["metadata": ["name": "a/b", "namespace": "demo"]])
        let paths = MetadataRules.issues(in: bad, replacing: nil, of: kind).map(\.path)
        #expect(paths == ["metadata.name", "metadata.namespace"])
    }
}
