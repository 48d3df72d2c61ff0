// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("CustomResourceDefinition")
struct CustomResourceDefinitionTests {
    /// What the recorded server refuses, and with which causes.
    struct Case: CustomTestStringConvertible {
        var step: String
        var body: JSON
        var causes: [Cause]
        var testDescription: String { step }
    }

    struct Cause: Hashable, Comparable {
        var field: String
        var reason: String
        var message: String
        static func < (left: Cause, right: Cause) -> Bool { (left.field, left.message) < (right.field, right.message) }
    }

    /// Steps that other parts decide: the path and the store.
    static let elsewhere: Set<String> = ["old-version", "exists"]
    /// Steps whose message ends in the words of another parser of regular expressions.
    static let otherWords: Set<String> = ["bad-pattern"]

    static let cases: [Case] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let bytes = (try? Data(contentsOf: folder.appending(path: "Fixtures/refused.json"))).map(Array.init) ?? []
        return ((try? JSON(parsing: bytes))?.array ?? []).map { line in
            let causes = (line["causes"]?.array ?? []).map {
                Cause(
                    field: $0["field"]?.string ?? "", reason: $0["reason"]?.string ?? "",
                    message: $0["message"]?.string ?? "")
            }
            return Case(step: line["step"]?.string ?? "", body: line["body"] ?? .null, causes: causes)
        }.filter { !elsewhere.contains($0.step) }
    }()

    @Test("refuses what the recorded server refuses, in its words", arguments: cases)
    func refused(_ given: Case) {
        let issues = CustomResourceDefinition.issues(Object(given.body), nil)
        let causes = issues.map { Cause(field: $0.path, reason: $0.reason.text, message: $0.wireMessage) }.sorted()
        guard Self.otherWords.contains(given.step) else { return #expect(causes == given.causes.sorted()) }
        #expect(causes.map(\.field) == given.causes.map(\.field))
        #expect(causes.map(\.reason) == given.causes.map(\.reason))
    }

    @Test("knows all recorded refusals")
    func recorded() { #expect(Self.cases.count == 23) }

    @Test("says why it calls no conversion webhook")
    func webhook() {
        var definition = Self.good
        definition["spec"]?["conversion"] = ["strategy": "Webhook", "webhook": [:]]
        let issues = CustomResourceDefinition.issues(Object(definition), nil)
        #expect(issues.map(\.path) == ["spec.conversion.strategy"])
    }

    @Test("leaves the control plane's own groups alone", arguments: ["compute.scs.community", "scs.community"])
    func ownGroups(group: String) {
        var definition = Self.good
        definition["metadata"]?["name"] = .string("gizmos.\(group)")
        definition["spec"]?["group"] = .string(group)
        #expect(CustomResourceDefinition.issues(Object(definition), nil).map(\.path) == ["spec.group"])
    }

    @Test("keeps scope and kind once it is established")
    func fixed() throws {
        var old = Object(Self.good)
        old.status = ["conditions": [["type": "Established", "status": "True"]], "storedVersions": ["v1"]]
        var new = old
        new.tree["spec"]?["scope"] = "Cluster"
        new.tree["spec"]?["names"]?["kind"] = "Gizmoo"
        let paths = CustomResourceDefinition.issues(new, old).map(\.path)
        #expect(paths == ["spec.scope", "spec.names.kind"])
        old.status = ["storedVersions": ["v1"]]
        new.status = old.status
        #expect(CustomResourceDefinition.issues(new, old).isEmpty)
    }

    @Test("is completed as upstream does, and held when it goes")
    func completed() throws {
        let made = try CustomResourceDefinition.admit(
            admission(Object(Self.good)), now: { testNow })
        #expect(made.spec?["names"]?["singular"] == "gizmo")
        #expect(made.spec?["names"]?["listKind"] == "GizmoList")
        #expect(made.spec?["conversion"] == ["strategy": "None"])
        #expect(
            made.status == [
                "conditions": .null, "acceptedNames": ["plural": "", "kind": ""], "storedVersions": ["v1"],
            ])
        let leaving = try CustomResourceDefinition.admit(
            admission(made, old: made, operation: .delete), now: { testNow })
        #expect(leaving.metadata.finalizers == [CustomResourceDefinition.finalizer])
        #expect(leaving.condition("Terminating")?.reason == "InstanceDeletionPending")
    }

    static let good: JSON = [
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": ["name": "gizmos.corpus.example.org"],
        "spec": [
            "group": "corpus.example.org", "scope": "Namespaced", "names": ["plural": "gizmos", "kind": "Gizmo"],
            "versions": [
                ["name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": ["type": "object"]]]
            ],
        ],
    ]
}

@Suite("Names of a definition")
struct NameAcceptanceTests {
    private static let widget = Kind(
        group: "corpus.example.org", names: .init(kind: "Widget", plural: "widgets", shortNames: ["wd"]),
        versions: [])

    @Test("are accepted when nobody has them")
    func free() {
        let wanted = Definition.Names(tree: ["plural": "gizmos", "singular": "gizmo", "kind": "Gizmo"])
        let acceptance = NameAcceptance(wanted, had: Definition.Names(tree: .null), others: [Self.widget])
        #expect(acceptance.conflict == nil)
        #expect(acceptance.names == wanted)
    }

    @Test("are refused as upstream does: the last conflict is told, the rest is accepted")
    func taken() {
        let wanted = Definition.Names(tree: [
            "plural": "gizmos", "singular": "widget", "shortNames": ["wd"], "kind": "Widget", "listKind": "WidgetList",
        ])
        let acceptance = NameAcceptance(wanted, had: Definition.Names(tree: .null), others: [Self.widget])
        #expect(
            acceptance.conflict == .init(reason: "ListKindConflict", message: "\"WidgetList\" is already in use"))
        #expect(acceptance.names.tree == ["plural": "gizmos", "kind": ""])
    }
}
