// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import Merging
package import Resources
import Schemas
import Stores

extension Objects {
    /// Makes an object, or answers one whose kind is only answered; throws `alreadyExists`, `invalid`, `forbidden`.
    package func create(
        _ target: Target, _ body: ParsedJSON, _ settings: WriteSettings, by user: UserInfo
    ) async throws -> Written {
        let name = body.tree["metadata"]?["name"]?.string
        try await permit("create", target, to: user)
        var intake = Intake(target, settings, duplicates: body.duplicateKeys)
        let tree = try intake.accept(body.tree)
        if case .answered(let answer) = target.kind.form {
            return try await answered(tree, target, settings, by: user, warnings: intake.warnings, answer)
        }
        guard ["", "0"].contains(tree["metadata"]?["resourceVersion"]?.string ?? "") else {
            throw APIError.badRequest("resourceVersion should not be set on objects to be created")
        }
        try await checkNamespace(target, creating: name ?? "")
        let stored = try await place(tree, target, settings, by: user)
        return Written(try target.served.converted(stored), isCreated: true, warnings: intake.warnings)
    }

    func checkNamespace(_ target: Target, creating name: String) async throws(APIError) {
        guard target.kind.isNamespaced, case .one(let organization) = target.organizations else { return }
        guard let namespace = target.namespace else {
            throw APIError(.badRequest, "an object of this kind lives in a namespace; name it in the path")
        }
        switch await places.namespaceState(organization, namespace) {
        case .active: return
        case .absent: throw .namespaceNotFound(namespace)
        case .terminating: throw target.namespaceTerminating(namespace, creating: name)
        }
    }

    /// Stores a new object; a name that the server makes is made again when it is taken.
    ///
    /// - Parameter managed: the books of the new object, where they do not follow from it.
    func place(
        _ tree: JSON, _ target: Target, _ settings: WriteSettings, managed: ManagedFields? = nil, by user: UserInfo
    ) async throws -> Stored {
        var attempts = 8
        while true {
            attempts -= 1
            let fresh = newborn(tree, target)
            let named = target.named(Metadata(tree: fresh["metadata"] ?? .null).name)
            let books = managed ?? ownership(target, settings).updated(live: nil, new: fresh)
            do {
                let isNamed = fresh["metadata"]?["name"] == tree["metadata"]?["name"]
                return try await place(fresh, books, named, settings, user, isNamed: isNamed)
            } catch let error as APIError where error.reason == .alreadyExists && attempts > 0 {
                guard fresh["metadata"]?["name"] != tree["metadata"]?["name"] else { throw error }
            }
        }
    }

    private func place(
        _ tree: JSON, _ managed: ManagedFields, _ target: Target, _ settings: WriteSettings, _ user: UserInfo,
        isNamed: Bool
    ) async throws -> Stored {
        let proposal = Proposal(
            object: target.served.toStorage(tree), target: target, user: user, isDryRun: settings.isDryRun,
            managed: managed, fieldManager: settings.fieldManager, isNamedByServer: !isNamed)
        let admitted = try await admitted(proposal).with(managed)
        let name = Metadata(tree: admitted["metadata"] ?? .null).name
        let key = try target.key(name)
        if let there = try await cache.get(key) { throw target.exists(name, isDeleting: try isDeleting(there, target)) }
        if let lower = target.lowerKey(name), try await cache.get(lower) != nil {
            throw target.exists(name, isDeleting: false)
        }
        let object = StoredObject(admitted, version: target.kind.storageVersion)
        guard !settings.isDryRun else { return Stored(key: key, object: object, revision: .zero) }
        let revision = try await commit(Change(key: key, expectation: .absent, write: .put(object)), target.named(name))
        return Stored(key: key, object: object, revision: revision)
    }

    private func isDeleting(_ stored: Stored, _ target: Target) throws -> Bool {
        Object(try target.served.tree(stored)).isDeleting
    }

    /// A body as a new object: what only the server decides is decided here.
    private func newborn(_ tree: JSON, _ target: Target) -> JSON {
        var tree = tree
        if target.served.version.hasStatus { tree["status"] = nil }
        let sent = Metadata(tree: tree["metadata"] ?? .object(JSONObject()))
        var metadata = Metadata(tree: .object(JSONObject()))
        // The name stands first, then what the server made, then the rest as it was sent.
        metadata.name = sent.name.isEmpty ? madeName(sent.generateName ?? "") : sent.name
        metadata.namespace = sent.namespace
        metadata.uid = surroundings.uid()
        metadata.creationTimestamp = Timestamp(seconds: surroundings.seconds).text
        if target.kind.countsGeneration { metadata.generation = 1 }
        let decided = ["name", "namespace", "uid", "creationTimestamp", "generation"] + ServerFields.neverSent
        for member in sent.tree.object?.members ?? [] where !decided.contains(member.key) && !member.value.isNull {
            metadata.tree[member.key] = member.value
        }
        tree["metadata"] = metadata.tree.withoutEmptyMetadata
        return tree
    }

    private func madeName(_ prefix: String) -> String {
        guard !prefix.isEmpty else { return "" }
        return String(prefix.prefix(63 - 5)) + surroundings.suffix()
    }
}
