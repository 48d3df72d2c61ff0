// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import JSONTree
import Testing

/// An example of the repository: one object in YAML, as a user would write it.
struct Manifest {
    let text: String

    /// - Parameter path: below `examples/`.
    init(_ path: String) throws {
        text = try String(contentsOf: Project.root.appending(path: "examples/\(path)"), encoding: .utf8)
    }

    /// Where it is applied in an organization, found by discovery as kubectl does.
    func path(in organization: String, _ caller: Caller) async throws -> String {
        let root = "\(Furnisher.root(organization))/apis/\(try member("apiVersion: "))"
        let kind = try member("kind: ")
        let resources = try await caller.send(.get, root).tree["resources"]?.array ?? []
        let resource = resources.first { $0["kind"]?.string == kind && $0["name"]?.string?.contains("/") == false }
        let plural = try #require(resource?["name"]?.string, "\(kind) is not served")
        return "\(root)/namespaces/\(try member("  namespace: "))/\(plural)/\(try member("  name: "))"
    }

    /// Creates what it says, from the YAML as it stands.
    func apply(in organization: String, _ caller: Caller, dryRun: Bool = false) async throws -> Caller.Answer {
        let query = "?fieldManager=test&fieldValidation=Strict" + (dryRun ? "&dryRun=All" : "")
        let path = try await path(in: organization, caller)
        let collection = path.split(separator: "/").dropLast().joined(separator: "/")
        return try await caller.send(
            .post, "/\(collection)\(query)", bytes: Array(text.utf8), as: "application/yaml")
    }

    /// The first line that begins so: metadata stands before everything else that is indented.
    private func member(_ prefix: String) throws -> String {
        let line = text.split(separator: "\n").first { $0.hasPrefix(prefix) }
        return try #require(line.map { String($0.dropFirst(prefix.count)) }, "no \(prefix)")
    }
}

/// The checkout that the tests were built from.
enum Project {
    static let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
    /// Whether the kinds of the examples are here.
    static let hasMachines = FileManager.default.fileExists(
        atPath: root.appending(path: "Kinds/Compute/VirtualMachine/VirtualMachine.swift").path)
}
