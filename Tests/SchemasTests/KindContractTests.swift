// SPDX-License-Identifier: Apache-2.0

import JSONTree
import KindContract
import Resources
import Schemas
import Testing

@Suite("The contract of kinds")
struct KindContractTests {
    static let folder = "\(#filePath)".replacing("KindContractTests.swift", with: "Fixtures/Widget")

    static func contract(_ kind: Kind = Widget.kind) -> KindContract {
        KindContract(
            kind, folder: folder, codableKeys: ["spec": ["size", "parts"], "spec.parts": ["name"]],
            reasons: ["Settled", "Progressing", "Waiting"])
    }

    @Test("finds nothing in a good kind")
    func good() { #expect(Self.contract().problems() == []) }

    @Test("finds keys and reasons that differ")
    func differences() {
        var contract = Self.contract()
        contract.codableKeys["spec"] = ["size", "colour"]
        contract.reasons = ["Settled", "Progressing", "Rejected"]
        #expect(
            contract.problems() == [
                "spec.parts is in the schema but not in the types", "spec.colour is in the types but not in the schema",
                "README.md does not explain the reason Rejected",
                "README.md explains the reason Waiting, which nothing gives",
            ])
    }

    @Test("finds what has no limit, what the example breaks and what types lose")
    func broken() {
        var kind = Widget.kind
        let spec = Schema.object(
            "", [Schema.Property("size", .integer("", in: 4...9)), Schema.Property("note", Schema(.string))])
        kind.versions[0].schema = .resource(spec: spec)
        var contract = Self.contract(kind)
        contract.codableKeys = [:]
        contract.recode = { object in
            var object = object
            object["spec"] = nil
            return object
        }
        let problems = contract.problems()
        #expect(problems.contains("example.yaml: unknown field spec.parts"))
        #expect(
            problems.contains(
                "example.yaml: spec.size: Invalid value: 3: spec.size in body should be greater than or equal to 4"))
        #expect(problems.contains { $0.hasPrefix("spec.note has no limit") })
        #expect(problems.contains { $0.hasPrefix("the kind's types do not keep the example") })
    }

    @Test("says when a file is missing")
    func missing() {
        var contract = Self.contract()
        contract.folder = "/nonexistent"
        let problems = contract.problems()
        #expect(problems.count == 2 && problems[0].hasPrefix("example.yaml") && problems[1].hasPrefix("README.md"))
    }
}
