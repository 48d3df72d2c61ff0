// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Testing

@testable import CoreKinds

@Suite("Secret")
struct SecretTests {
    static func secret(_ members: (String, JSON)...) -> Object {
        object(Secret.type, "s", namespace: "demo", members)
    }

    @Test("keeps stringData in data only, over what data says")
    func stringData() {
        let sent = Self.secret(("data", ["a": "MQ==", "b": "Mg=="]), ("stringData", ["b": "grün"]))
        let completed = Secret.completed(sent.tree)
        #expect(completed["data"] == ["a": "MQ==", "b": "Z3LDvG4="])
        #expect(completed["stringData"] == nil)
        let broken = Self.secret(("data", "text"), ("stringData", ["b": "grün"])).tree
        #expect(Secret.completed(broken) == broken)
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var new: Object
        var old: Object?
        var paths: [String]
    }

    static let frozen = secret(("data", ["a": "MQ=="]), ("immutable", true))
    static let cases = [
        Case(testDescription: "good", new: secret(("data", ["a.b-c_D": "MQ=="])), paths: []),
        Case(testDescription: "no base64", new: secret(("data", ["a": "?"])), paths: ["data[a]"]),
        Case(testDescription: "a bad key", new: secret(("data", ["a/b": ""])), paths: ["data[a/b]"]),
        Case(testDescription: "a bad plain key", new: secret(("stringData", ["..": ""])), paths: ["stringData[..]"]),
        Case(
            testDescription: "too large",
            new: secret(("stringData", ["a": .string(String(repeating: "x", count: 1_048_576))])),
            paths: ["data"]),
        Case(testDescription: "another type", new: secret(("type", "x")), old: secret(), paths: ["type"]),
        Case(
            testDescription: "a certificate without its key",
            new: secret(("type", "kubernetes.io/tls"), ("stringData", ["tls.crt": "x"])), paths: ["data[tls.key]"]),
        Case(
            testDescription: "a certificate with its key",
            new: secret(("type", "kubernetes.io/tls"), ("stringData", ["tls.crt": "x", "tls.key": "y"])), paths: []),
        Case(
            testDescription: "one of two is enough",
            new: secret(("type", "kubernetes.io/basic-auth"), ("stringData", ["password": "x"])), paths: []),
        Case(
            testDescription: "neither of two", new: secret(("type", "kubernetes.io/basic-auth")), paths: ["data"]),
        Case(
            testDescription: "a document for Docker's client that is a number",
            new: secret(
                ("type", "kubernetes.io/dockerconfigjson"), ("stringData", [".dockerconfigjson": "1"])),
            paths: ["data[.dockerconfigjson]"]),
        Case(testDescription: "immutable, unchanged", new: frozen, old: frozen, paths: []),
        Case(
            testDescription: "immutable, the same by stringData",
            new: secret(("data", ["a": "MQ=="]), ("stringData", ["a": "1"]), ("immutable", true)), old: frozen,
            paths: []),
        Case(
            testDescription: "immutable, changed", new: secret(("stringData", ["a": "2"]), ("immutable", true)),
            old: frozen, paths: ["data"]),
        Case(
            testDescription: "no longer immutable", new: secret(("data", ["a": "MQ=="])), old: frozen,
            paths: ["immutable"]),
    ]

    @Test("names what is wrong, and never a value", arguments: cases)
    func issues(_ given: Case) {
        let issues = Secret.issues(given.new, given.old)
        #expect(issues.map(\.path) == given.paths)
        #expect(!issues.contains { $0.message.contains("?") })
    }

    @Test("tells everybody which fields are secret")
    func secretFields() { #expect(Secret.kind.secretFields == [".data", ".stringData"]) }
}
