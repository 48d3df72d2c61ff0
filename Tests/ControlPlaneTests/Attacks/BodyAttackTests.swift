// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Testing

/// Attacks of the past by what is in a body, each by its number, tried on a whole server.
@Suite("Attacks by bodies", .timeLimit(.minutes(3)))
struct BodyAttackTests {
    private static let merge = "application/merge-patch+json"

    @Test("CVE-2025-47283: what may not be created may not be made by an update either")
    func update() async throws {
        let town = try await Town(["--controllers", "none"])
        let networks = "\(Town.root)/apis/networking.scs.community/v1alpha1/namespaces/prod/networks"
        let good: JSON = [
            "apiVersion": "networking.scs.community/v1alpha1", "kind": "Network", "metadata": ["name": "n"],
            "spec": ["site": "one"],
        ]
        var bad = good
        bad["spec"] = ["site": "one", "mtu": 7]
        bad["metadata"] = ["name": "bad"]
        #expect(try await town.admin.send(.post, networks, bad).status == 422)
        try await town.furnisher.make(networks, good)
        let patch: JSON = ["spec": ["mtu": 7]]
        bad["metadata"] = ["name": "n"]
        var whole = bad
        whole["metadata"]?["resourceVersion"] = .string(
            try await town.admin.send(.get, "\(networks)/n").resourceVersion)
        let requests: [(HTTPRequest.Method, String, JSON, String)] = [
            (.put, "/n", whole, "application/json"), (.patch, "/n", patch, Self.merge),
            (.patch, "/n", [["op": "add", "path": "/spec/mtu", "value": 7]], "application/json-patch+json"),
            (.patch, "/n?fieldManager=x&force=true", bad, "application/apply-patch+yaml"),
            (.patch, "/new?fieldManager=x", bad.renamed("new"), "application/apply-patch+yaml"),
        ]
        for (method, path, body, type) in requests {
            let answer = try await town.admin.send(method, networks + path, body, as: type)
            #expect(answer.status == 422 && answer.text.contains("spec.mtu"), "\(type): \(answer.text)")
        }
        let kept = try await town.admin.send(.get, "\(networks)/n")
        #expect(kept.tree["spec"]?["mtu"] == nil)
    }

    @Test("CVE-2021-36783: a Secret's value is in no audit line, wherever kubectl copies it")
    func copies() async throws {
        let word = "Canary0xC0FFEExCanary"
        let town = try await Town(["--log-level", "trace"])
        let last = #"{"kind":"Secret","stringData":{"word":"\#(word)"}}"#
        let annotations: JSON = ["kubectl.kubernetes.io/last-applied-configuration": .string(last)]
        let secrets = "\(Town.prod)/secrets"
        try await town.furnisher.make(
            secrets, ["metadata": ["name": "s", "annotations": annotations], "stringData": ["word": .string(word)]])
        let patch: JSON = ["metadata": ["annotations": annotations], "stringData": ["word": .string(word)]]
        #expect(try await town.admin.send(.patch, "\(secrets)/s", patch, as: Self.merge).status == 200)
        var applied = patch
        applied["apiVersion"] = "v1"
        applied["kind"] = "Secret"
        for (query, type) in [
            ("?fieldManager=x&force=true", "application/apply-patch+yaml"),
            ("", "application/strategic-merge-patch+json"),
        ] {
            let answer = try await town.admin.send(
                .patch, "\(secrets)/s\(query)", applied.renamed("s", keeping: annotations), as: type)
            #expect(answer.status == 200, "\(answer.text)")
        }
        try await town.server.terminate()
        for name in ["data/audit.log", "data/scs.db", "log", "output"] {
            let bytes = try Data(contentsOf: town.server.folder.appending(path: name))
            #expect(bytes.range(of: Data(word.utf8)) == nil, "\(name)")
            #expect(bytes.range(of: Data(Data(word.utf8).base64EncodedString().utf8)) == nil, "\(name)")
        }
    }

    @Test("CVE-2023-27484: no patch makes the server allocate what it names")
    func hugeIndex() async throws {
        let town = try await Town()
        let path = "\(Town.prod)/configmaps/c"
        try await town.furnisher.make(
            "\(Town.prod)/configmaps", ["metadata": ["name": "c", "finalizers": ["a.example/b"]], "data": ["a": "b"]])
        let before = try town.server.memory()
        func operations(_ op: String, _ paths: [String]) -> JSON {
            .array(paths.map { ["op": .string(op), "path": .string($0), "value": "x"] })
        }
        let doubling = (0..<64).map { _ in
            ["op": "copy", "from": "/data", "path": "/data/a"] as JSON
        }
        let patches: [JSON] = [
            operations("add", ["/metadata/finalizers/999999999"]),
            operations("replace", ["/metadata/finalizers/4294967296"]),
            operations("add", ["/metadata/finalizers/99999999999999999999999999"]),
            operations("add", ["/metadata/finalizers/-1"]),
            operations("add", ["/" + String(repeating: "a/", count: 100_000)]),
            .array(doubling),
            .array((0..<20_000).map { ["op": "add", "path": .string("/data/k\($0)"), "value": "x"] }),
        ]
        for patch in patches {
            let answer = try await town.admin.send(.patch, path, patch, as: "application/json-patch+json")
            #expect((400..<500).contains(answer.status), "\(patch.text.prefix(80)): \(answer.status)")
        }
        let deep = String(repeating: #"{"a":"#, count: 100_000) + "1" + String(repeating: "}", count: 100_000)
        let anchors = "a: &a [x,x,x,x,x,x,x,x,x]\n" + Self.doubled
        for (body, type) in [
            (deep, Self.merge), (deep, "application/strategic-merge-patch+json"),
            (anchors, "application/apply-patch+yaml"),
        ] {
            let answer = try await town.admin.send(
                .patch, "\(path)?fieldManager=x", bytes: Array(body.utf8), as: type)
            #expect((400..<500).contains(answer.status), "\(type): \(answer.status)")
        }
        let growth = try town.server.memory() - before
        #expect(growth < 256 << 10, "kilobytes")
        #expect(try await town.admin.send(.get, path).tree["data"]?["a"] == "b")
    }

    /// Lines of YAML of which each has the one before nine times.
    private static let doubled = zip("bcdefghi", "abcdefgh").map { next, last in
        "\(next): &\(next) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ",") + "]\n"
    }.joined()
}

extension JSON {
    fileprivate func renamed(_ name: String, keeping annotations: JSON? = nil) -> JSON {
        var tree = self
        tree["metadata"] = ["name": .string(name)]
        if let annotations { tree["metadata"]?["annotations"] = annotations }
        return tree
    }
}
