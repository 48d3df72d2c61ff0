// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import JSONTree
import Reconciling
import ReconcilingTesting
import Resources
import Schemas
import SiteKinds
import Testing

@testable import ComputeKinds

@Suite("VirtualMachine")
struct VirtualMachineTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var edit: JSON
        var isUpdate = false
        var paths: [String]
    }

    static let good: JSON = ["site": "stuttgart", "flavor": "SCS-2V-4", "image": "Ubuntu"]
    static let cases = [
        Case(testDescription: "good", edit: [:], paths: []),
        Case(
            testDescription: "neither network nor port", edit: ["networks": [[:]]], paths: ["spec.networks[0]"]),
        Case(
            testDescription: "an address beside a port", edit: ["networks": [["port": "p", "address": "10.0.0.1"]]],
            paths: ["spec.networks[0].address"]),
        Case(
            testDescription: "user data twice",
            edit: ["userData": "x", "userDataFrom": ["secret": ["name": "s", "key": "k"]]],
            paths: ["spec.userDataFrom"]),
        Case(
            testDescription: "our own metadata", edit: ["metadata": ["scs-uid": "x"]], paths: ["spec.metadata[scs-uid]"]
        ),
        Case(testDescription: "another flavor", edit: ["flavor": "x"], isUpdate: true, paths: ["spec.flavor"]),
        Case(testDescription: "another image", edit: ["image": "x"], isUpdate: true, paths: ["spec.image"]),
        Case(testDescription: "stopped", edit: ["powerState": "Stopped"], isUpdate: true, paths: []),
    ]

    @Test("rejects what cannot be", arguments: cases)
    func issues(_ given: Case) throws {
        var spec = Self.good
        for member in given.edit.object?.members ?? [] { spec[member.key] = member.value }
        let old = given.isUpdate ? object(.virtualMachine, "web", Self.good) : nil
        let issues = VirtualMachine.issues(object(.virtualMachine, "web", spec), old)
        #expect(issues.map(\.path) == given.paths)
        #expect(!given.isUpdate || issues.allSatisfy { $0.message.contains("is immutable") })
    }

    @Test(
        "names the nearest of what the site offers",
        arguments: [
            (["flavor": "SCS-2V-3"], "spec.flavor", "SCS-2V-4, SCS-2V-4-20"),
            (["image": "Ubunto"], "spec.image", "Ubuntu"),
            (["rootDisk": ["sizeGiB": 4]], "spec.rootDisk.sizeGiB", "at least 8"),
        ] as [(JSON, String, String)])
    func offers(edit: JSON, path: String, words: String) async throws {
        let server = MemoryObjectClient()
        let bench = Bench(VirtualMachineReconciler(cloud: FakeNova().cloud, client: server), server: server)
        try await bench.putPlace()
        var spec = Self.good
        for member in edit.object?.members ?? [] { spec[member.key] = member.value }
        let request = AdmissionRequest(
            operation: .create, object: object(.virtualMachine, "web", spec), user: UserInfo(name: "anna"),
            objects: ClientReader(server))
        let error = await #expect(throws: APIError.self) { try await VirtualMachine.kind.admission(request) }
        #expect(error?.causes.map(\.path) == [path] && error?.causes.first?.message.contains(words) == true)
    }

    @Test("adds keys to user data that can hold them")
    func userData() {
        #expect(UserData.text(nil, adding: []) == "")
        #expect(UserData.text("#!/bin/sh\n", adding: ["k"]) == nil)
        #expect(
            UserData.text("#cloud-config\nx: 1", adding: ["k"]) == "#cloud-config\nx: 1\nssh_authorized_keys:\n  - k\n")
    }
}
