// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources
import Schemas

/// Keeps a read-only definition of every kind of our own at the root, where every organization sees it.
///
/// Tools look there for schemas: Terraform's `kubernetes_manifest` finds no kind that has no definition.
struct BuiltInDefinitions: Sendable {
    /// The label of a definition that only tells of a kind and makes none.
    static let mark = "scs.community/built-in"

    let client: any ObjectClient
    let book: KindBook

    /// One look at all of them.
    func pass(_ key: String) async throws -> Duration? {
        for kind in book.current.kinds(in: "") where kind.origin == .builtIn && Self.isOurs(kind.group) {
            try await keep(kind)
        }
        return nil
    }

    static func isOurs(_ group: String) -> Bool { group == "scs.community" || group.hasSuffix(".scs.community") }

    private func keep(_ kind: Kind) async throws {
        guard let tree = kind.customResourceDefinition else { return }
        var wanted = Object(tree)
        wanted.metadata.labels[Self.mark] = "true"
        guard var found = try await client.find(CustomResourceDefinition.type, wanted.key) else {
            _ = try await client.create(CustomResourceDefinition.type, wanted, WriteOptions())
            return
        }
        let spec = CustomResourceDefinition.completed(wanted).spec
        guard found.spec != spec else { return }
        found.spec = spec
        _ = try await client.update(CustomResourceDefinition.type, found, WriteOptions())
    }
}

extension Object {
    /// Whether this definition only tells of a kind that the program has.
    var isBuiltInDefinition: Bool { metadata.labels[BuiltInDefinitions.mark] == "true" }
}
