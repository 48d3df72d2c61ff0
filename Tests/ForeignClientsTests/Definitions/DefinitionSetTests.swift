// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import TestTime
import Testing
import YAMLTree

private let folder = ProcessInfo.processInfo.environment["SCS_DEFINITIONS"]

/// Definitions of public projects with samples of their kinds, on a running server.
///
/// `SCS_DEFINITIONS` names a folder; each folder in it, or else itself, is a set of YAML files in which definitions and
/// samples may lie in any order.
@Suite(
    "Sets of definitions", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: folder != nil, "SCS_DEFINITIONS names no folder; script/test-clients --definitions PATH does"))
struct DefinitionSetTests {
    static let sets: [DefinitionSet] = (try? folder.map { try DefinitionSet.all(below: URL(filePath: $0)) }) ?? []

    @Test("a set's kinds are established, and its samples are good and made", arguments: sets)
    func install(_ set: DefinitionSet) async throws {
        try #require(!set.definitions.isEmpty)
        let server = RunningServer()
        try await server.start()
        let caller = try server.admin()
        for definition in set.definitions {
            let made = try await caller.send(.post, DefinitionSet.definitionsPath, definition)
            #expect(made.status == 201, "\(definition["metadata"]?["name"]?.string ?? ""): \(made.text.prefix(2000))")
        }
        for definition in set.definitions {
            let name = definition["metadata"]?["name"]?.string ?? ""
            try await eventually("\(name) established", within: .seconds(60)) {
                try await caller.send(.get, "\(DefinitionSet.definitionsPath)/\(name)").isEstablished
            }
        }
        var good = 0
        for (file, sample) in set.samples {
            guard let path = set.path(of: sample) else { continue }
            try await Self.makeNamespace(of: sample, caller)
            let answer = try await caller.send(.post, "\(path)?fieldValidation=Strict", sample)
            // Samples of different pages may have one name.
            #expect(
                [201, 409].contains(answer.status),
                "\(file): \(sample["kind"]?.string ?? ""): \(answer.text.prefix(2000))")
            good += [201, 409].contains(answer.status) ? 1 : 0
        }
        print("\(set): \(set.definitions.count) definitions established, \(good) samples good")
        let documents = try await caller.send(.get, "/openapi/v2", deadline: .seconds(60))
        #expect(documents.status == 200)
    }

    private static func makeNamespace(of sample: JSON, _ caller: Caller) async throws {
        guard let namespace = sample["metadata"]?["namespace"] else { return }
        let answer = try await caller.send(.post, "/api/v1/namespaces", ["metadata": ["name": namespace]])
        #expect([201, 409].contains(answer.status), "\(answer.text)")
    }
}

extension Caller.Answer {
    fileprivate var isEstablished: Bool {
        tree["status"]?["conditions"]?.array?.contains { $0["type"] == "Established" && $0["status"] == "True" } == true
    }
}

/// What lies in one folder.
struct DefinitionSet: CustomStringConvertible, Sendable {
    var description: String
    var definitions: [JSON] = []
    /// Each with the file it came from; all documents that are no definitions.
    var samples: [(file: String, object: JSON)] = []

    static let definitionsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"

    static func all(below folder: URL) throws -> [DefinitionSet] {
        let folders = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.isDirectoryKey]
        ).filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        let sets = try (folders.isEmpty ? [folder] : folders).map { try DefinitionSet(reading: $0) }
        return sets.sorted { $0.description < $1.description }
    }

    private init(reading folder: URL) throws {
        description = folder.lastPathComponent
        let walk = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        for file in walk.sorted() where file.hasSuffix(".yaml") || file.hasSuffix(".yml") {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for document in (try? YAML.documents(text)) ?? [] {
                if document["kind"] == "CustomResourceDefinition" {
                    definitions.append(document)
                } else {
                    samples.append((file, document))
                }
            }
        }
    }

    /// Where it is created; absent when its kind is none of this set.
    func path(of sample: JSON) -> String? {
        let parts = sample["apiVersion"]?.string?.split(separator: "/") ?? []
        let spec = definitions.compactMap { $0["spec"] }.first { spec in
            parts.count == 2 && spec["group"]?.string == String(parts[0])
                && spec["names"]?["kind"] == sample["kind"]
                && spec["versions"]?.array?.contains { $0["name"]?.string == String(parts[1]) } == true
        }
        guard let spec, let plural = spec["names"]?["plural"]?.string else { return nil }
        let namespace = sample["metadata"]?["namespace"]?.string ?? "default"
        let place = spec["scope"] == "Namespaced" ? "namespaces/\(namespace)/" : ""
        return "/apis/\(parts[0])/\(parts[1])/\(place)\(plural)"
    }
}
