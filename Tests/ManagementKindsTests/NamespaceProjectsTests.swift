// SPDX-License-Identifier: Apache-2.0

import ClientContract
import Clients
import Resources
import SiteKinds
import Testing

@testable import ManagementKinds

@Suite("Namespaces and projects", .timeLimit(.minutes(1)))
struct NamespaceProjectsTests {
    let client = MemoryObjectClient()

    @Test(
        "a namespace that a user makes gets its project",
        arguments: [("acme", "web", true), ("acme", "default", false), ("acme", "kube-x", false), ("", "web", false)])
    func creation(organization: String, name: String, isMade: Bool) async throws {
        let namespace = try await client.seed(.namespace, object(.namespace, name, in: organization))
        for _ in 0..<2 { _ = try await NamespaceProjects(client: client).pass(namespace.key) }
        #expect(try await client.find(.project, namespace.key) != nil || !isMade)
        #expect(try await client.find(.project, namespace.key) == nil || isMade)
    }

    @Test("a namespace that is deleted takes its project along")
    func deletion() async throws {
        var namespace = object(.namespace, "web", in: "acme")
        namespace.metadata.finalizers = ["kubernetes"]
        _ = try await client.seed(.namespace, namespace)
        _ = try await client.seed(.project, object(.project, "web", in: "acme"))
        try await client.delete(.namespace, namespace.key, DeleteOptions())
        _ = try await NamespaceProjects(client: client).pass(namespace.key)
        #expect(try await client.find(.project, namespace.key) == nil)
    }
}
