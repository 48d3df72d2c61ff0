// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import TestTime
import Testing

@Suite("Bad manifests", .enabled(if: Project.hasMachines), .timeLimit(.minutes(2)))
struct BadManifestTests {
    /// An example, the field that the answer must name, and a word that helps.
    struct Case: Sendable {
        var file: String
        var field: String
        var hint: String
    }

    static let cases = [
        Case(file: "bad-cidr", field: "spec.subnets[0].cidr", hint: "10.1.2.0/24"),
        Case(file: "bad-key", field: "spec.publicKey", hint: "public"),
        Case(file: "bad-name", field: "metadata.name", hint: "Web_Server"),
        Case(file: "bad-port-range", field: "spec.rules[0].ports", hint: "65535"),
        Case(file: "disk-too-small", field: "spec.rootDisk.sizeGiB", hint: "Debian 12"),
        Case(file: "missing-field", field: "spec.flavor", hint: "a name that the site offers"),
        Case(file: "unknown-field", field: "spec.flavour", hint: "unknown field"),
        Case(file: "unknown-flavor", field: "spec.flavor", hint: "SCS-"),
        Case(file: "unknown-image", field: "spec.image", hint: "Debian 12"),
        Case(file: "unknown-site", field: "spec.site", hint: "stuttgart"),
        Case(file: "wrong-type", field: "spec.rootDisk.sizeGiB", hint: "of type integer"),
        Case(file: "wrong-word", field: "spec.powerState", hint: "Stopped"),
    ]

    @Test("each is refused in one line that names the field and says what would be right")
    func refused() async throws {
        let server = RunningServer()
        try await server.start(["--demo"])
        let admin = try server.admin()
        try await admin.waitUntilReady("/apis/management.scs.community/v1alpha1/sites/stuttgart")
        for bad in Self.cases {
            let manifest = try Manifest("bad/\(bad.file).yaml")
            let answer = try await manifest.apply(in: "demo", admin, dryRun: true)
            let message = answer.tree["message"]?.string ?? ""
            #expect([400, 422].contains(answer.status), "\(bad.file): \(answer.text)")
            #expect(message.contains(bad.field) && message.contains(bad.hint), "\(bad.file): \(message)")
            #expect(!message.contains("\n"), "\(bad.file): \(message)")
            #expect(!message.contains("PRIVATE KEY"), "\(bad.file): \(message)")
        }
    }
}

extension Caller {
    /// Waits until an object's condition Ready is true; what it said last is in the error.
    func waitUntilReady(_ path: String, within deadline: Duration = .seconds(60)) async throws {
        var last = ""
        do {
            try await eventually("Ready", within: deadline) {
                let answer = try await send(.get, path)
                let conditions = answer.tree["status"]?["conditions"]?.array ?? []
                last = answer.tree["status"]?.text ?? answer.text
                return conditions.contains { $0["type"]?.string == "Ready" && $0["status"]?.string == "True" }
            }
        } catch let error as NeverCame {
            throw NeverCame(description: "\(path): \(error.description); its status: \(last)")
        }
    }

    /// Deletes an object and waits until it is gone.
    func remove(_ path: String, within deadline: Duration = .seconds(60)) async throws {
        let answer = try await send(.delete, path)
        try #require([200, 202].contains(answer.status), "\(answer.text)")
        try await eventually("the end of \(path)", within: deadline) { try await send(.get, path).status == 404 }
    }
}
