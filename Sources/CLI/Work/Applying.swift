// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Kubernetes
import Resources

/// `scs apply`: makes the server's objects say what files say, and no more.
///
/// What a file said last time stands in an annotation of the object, so that a member that is gone from the file goes from the
/// object too, and members that others set stay:
/// https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/
struct Applying: Sendable {
    static let annotation = "kubectl.kubernetes.io/last-applied-configuration"

    let session: Session
    let isDryRun: Bool

    /// Applies the objects in their order and prints a line for each; returns what was applied.
    func apply(_ objects: [Object]) async throws -> [(entry: APICatalog.Entry, object: Object)] {
        let catalog = try await APICatalog(from: session.client)
        let entries = try objects.map { try catalog.entry($0.groupVersionKind) }
        var applied: [(entry: APICatalog.Entry, object: Object)] = []
        for (entry, object) in zip(entries, objects) {
            let (result, word) = try await apply(entry.type, object)
            session.terminal.line("\(result.title) \(word)\(isDryRun ? " (dry run)" : "")")
            applied.append((entry, result))
        }
        return applied
    }

    /// Waits until those objects are ready that tell it; kinds of the core group never do.
    func wait(_ applied: [(entry: APICatalog.Entry, object: Object)], timeout: Duration) async throws {
        let start = session.time.elapsed()
        for (entry, object) in applied where entry.hasStatus && !entry.type.kind.group.isEmpty {
            let left = timeout - (session.time.elapsed() - start)
            let goal = Waiting.Goal.condition(type: "Ready", truth: .yes)
            try await Waiting(session: session, goal: goal, timeout: left).wait(entry.type, object.key)
        }
    }

    private func apply(_ type: ResourceType, _ object: Object) async throws -> (Object, String) {
        let key = session.key(type, object.metadata.name, namespace: object.metadata.namespace)
        let wanted = Self.annotated(object, key)
        let options = WriteOptions(isDryRun: isDryRun, fieldManager: "scs")
        let live: Object
        do {
            live = try await session.client.get(type, key)
        } catch let error as APIError where error.reason == .notFound {
            return (try await session.client.create(type, wanted, options), "created")
        }
        let patch = Self.patch(from: Self.lastApplied(live), to: wanted.tree, live: live.tree)
        if live.tree.merging(patch).means(live.tree) { return (live, "unchanged") }
        return (try await session.client.patch(type, key, .merge(patch), options), "configured")
    }

    /// The object with its namespace and with itself in the annotation.
    static func annotated(_ object: Object, _ key: ObjectKey) -> Object {
        var object = object
        var metadata = object.tree["metadata"] ?? [:]
        if !key.namespace.isEmpty { metadata["namespace"] = .string(key.namespace) }
        var annotations = metadata["annotations"] ?? [:]
        annotations[annotation] = nil
        metadata["annotations"] = annotations
        object.tree["metadata"] = metadata
        object.tree["status"] = nil
        annotations[annotation] = .string(object.tree.text + "\n")
        metadata["annotations"] = annotations
        object.tree["metadata"] = metadata
        return object
    }

    /// What the object was applied from last time; empty when it never was.
    static func lastApplied(_ live: Object) -> JSON {
        let text = live.tree["metadata"]?["annotations"]?[annotation]?.string ?? ""
        return (try? JSON(parsing: text)) ?? [:]
    }

    /// The merge patch that sets what is wanted and removes what was applied before and is wanted no more.
    static func patch(from last: JSON, to wanted: JSON, live: JSON) -> JSON {
        guard let members = wanted.object else { return wanted }
        var patch: JSON = [:]
        for member in members.members {
            guard member.value.object != nil else {
                patch[member.key] = member.value
                continue
            }
            patch[member.key] = Self.patch(
                from: last[member.key] ?? [:], to: member.value, live: live[member.key] ?? [:])
        }
        for key in last.object?.keys ?? [] where members[key] == nil && live[key] != nil { patch[key] = .null }
        return patch
    }
}
