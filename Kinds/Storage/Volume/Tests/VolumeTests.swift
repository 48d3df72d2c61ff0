// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import Resources
import SiteKinds
import Testing

@testable import StorageKinds

@Suite("Volume")
struct VolumeTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var edit: JSON
        var isUpdate = false
        var paths: [String]
    }

    static let good: JSON = ["site": "stuttgart", "sizeGiB": 10]
    static let cases = [
        Case(testDescription: "good", edit: [:], paths: []),
        Case(testDescription: "from an image", edit: ["source": ["image": "Debian 12"]], paths: []),
        Case(testDescription: "from nothing", edit: ["source": [:]], paths: ["spec.source"]),
        Case(
            testDescription: "from two", edit: ["source": ["image": "a", "volume": "b"]], paths: ["spec.source"]),
        Case(testDescription: "our own metadata", edit: ["metadata": ["scs": "x"]], paths: ["spec.metadata[scs]"]),
        Case(testDescription: "larger", edit: ["sizeGiB": 11], isUpdate: true, paths: []),
        Case(testDescription: "smaller", edit: ["sizeGiB": 9], isUpdate: true, paths: ["spec.sizeGiB"]),
        Case(testDescription: "elsewhere", edit: ["site": "ulm"], isUpdate: true, paths: ["spec.site"]),
        Case(testDescription: "of another type", edit: ["type": "ssd"], isUpdate: true, paths: []),
        Case(
            testDescription: "of something else", edit: ["source": ["volume": "x"]], isUpdate: true,
            paths: ["spec.source"]),
    ]

    @Test("rejects what cannot be", arguments: cases)
    func issues(_ given: Case) {
        let key = ObjectKey(organization: "acme", namespace: "demo", name: "data")
        var spec = Self.good
        for member in given.edit.object?.members ?? [] { spec[member.key] = member.value }
        let old = given.isUpdate ? Object(ResourceType.volume.kind, key: key, spec: Self.good) : nil
        let issues = Volume.issues(Object(ResourceType.volume.kind, key: key, spec: spec), old)
        #expect(issues.map(\.path) == given.paths)
    }

    @Test(
        "has a phase for each of Cinder's words",
        arguments: [
            ("creating", .creating), ("downloading", .creating), ("available", .available), ("in-use", .inUse),
            ("extending", .changing), ("attaching", .changing), ("deleting", .deleting), ("error", .failed),
            ("error_extending", .failed), ("something new", .changing),
        ] as [(String, StoragePhase)])
    func phases(word: String, phase: StoragePhase) {
        #expect(StoragePhase(Cinder.Volume.Status(rawValue: word)) == phase)
    }
}
