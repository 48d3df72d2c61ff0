// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Login
import Resources
import Schemas
import Synchronization

/// Serves the kinds that definitions make, and takes their objects away before a definition goes.
///
/// - A kind is in the book before its definition says `Established`, so discovery and OpenAPI have it by then.
/// - Names are given to who comes first; a kind that is served keeps its own.
/// - The objects go before the kind, and the kind before the definition.
final class DefinitionController: Sendable {
    static let identity = ServiceIdentity.controller("definitions")
    /// How often to look whether the last object is gone.
    static let poll = Duration.milliseconds(500)

    let client: any ObjectClient
    let book: KindBook
    /// Hears that a kind is gone, so that its watches end.
    private let withdrawn: @Sendable (GroupResource, _ organization: String) -> Void
    private let now: @Sendable () -> Int64
    /// What was put into the book: a status that changes makes no new kind.
    private let known = Mutex<[ObjectKey: JSON]>([:])

    init(
        client: any ObjectClient, book: KindBook,
        withdrawn: @escaping @Sendable (GroupResource, _ organization: String) -> Void,
        now: @escaping @Sendable () -> Int64
    ) {
        self.client = client
        self.book = book
        self.withdrawn = withdrawn
        self.now = now
    }

    /// One look at one definition; answers when to look again while its objects are going.
    func pass(_ key: ObjectKey) async throws -> Duration? {
        // An organization sees the root's definition where it has none of its own.
        guard let object = try await client.find(CustomResourceDefinition.type, key),
            object.organization == key.organization
        else {
            withdraw(key)
            return nil
        }
        if object.isBuiltInDefinition {
            try await tell(NameAcceptance(Definition(object.tree).names), of: object)
            return nil
        }
        guard !object.isDeleting else { return try await clear(object) }
        let definition = Definition(object.tree)
        let acceptance = NameAcceptance(
            definition.names, had: definition.acceptedNames, others: others(of: key, definition))
        if acceptance.conflict == nil || definition.isEstablished { serve(definition, as: acceptance.names, key) }
        try await tell(acceptance, of: object)
        return nil
    }

    /// The kinds of the same group that have their names already; what the root defines does not matter to a kind that an
    /// organization had before.
    private func others(of key: ObjectKey, _ definition: Definition) -> [Kind] {
        let pages = book.current
        let mine = GroupResource(definitionName: key.name)
        let own = pages.defined(in: key.organization).filter { $0.groupResource != mine }
        let isLate = !key.organization.isEmpty && !definition.isEstablished
        return (own + (isLate ? pages.defined(in: "") : [])).filter { $0.group == definition.group }
    }

    // MARK: The book

    /// Puts the kind into the book, unless it is there just so.
    func serve(_ definition: Definition, as names: Definition.Names, _ key: ObjectKey) {
        let form: JSON = [
            "spec": definition.tree["spec"] ?? .null, "names": names.tree, "isDeleting": .bool(definition.isDeleting),
        ]
        let isNew = known.withLock { known in
            let isNew = known[key] != form
            known[key] = form
            return isNew
        }
        if isNew { book.put(definition.kind(as: names), in: key.organization) }
    }

    /// Takes the kind of a definition out of the book; its watches end.
    func withdraw(_ key: ObjectKey) {
        known.withLock { $0[key] = nil }
        let resource = GroupResource(definitionName: key.name)
        book.remove(resource, in: key.organization)
        withdrawn(resource, key.organization)
    }

    // MARK: The status

    private func tell(_ acceptance: NameAcceptance, of object: Object) async throws {
        typealias Type = CustomResourceDefinition.ConditionType
        typealias Reason = CustomResourceDefinition.Reason
        var new = object
        let conflict = acceptance.conflict
        new.setCondition(
            condition(
                Type.namesAccepted, conflict == nil, conflict?.reason ?? Reason.noConflicts,
                conflict?.message ?? "no conflicts found"))
        if object.condition(Type.established)?.status != .yes {
            let isServed = conflict == nil
            new.setCondition(
                condition(
                    Type.established, isServed, isServed ? Reason.namesAccepted : Reason.notAccepted,
                    isServed ? "the initial names have been accepted" : "not all names are accepted"))
        }
        var status = new.status ?? .null
        status["acceptedNames"] = acceptance.names.tree
        new.status = status
        try await write(new, over: object)
    }

    func condition(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) -> Condition {
        Condition(
            type: type, status: isTrue ? .yes : .no, reason: reason, message: message,
            lastTransitionTime: Timestamp(seconds: now()).text)
    }

    /// Writes the status, when it is another; somebody else's write in between makes the pass run again.
    func write(_ new: Object, over old: Object) async throws {
        guard new.status != old.status, let status = new.status else { return }
        var patch: JSON = ["status": status]
        patch["metadata"] = ["resourceVersion": old.metadata.resourceVersion.map(JSON.string) ?? .null]
        _ = try await client.patch(CustomResourceDefinition.type, old.key, .merge(patch), .status)
    }
}

extension GroupResource {
    /// What a definition of that name is about: `crontabs.stable.example.com`.
    init(definitionName name: String) {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.init(group: parts.count > 1 ? parts[1] : "", resource: parts.first ?? "")
    }
}

extension Object {
    /// Puts a condition into the status, in the place of the one of its type.
    mutating func setCondition(_ condition: Condition) {
        var conditions = status?["conditions"]?.array ?? []
        var new = condition
        let index = conditions.firstIndex { $0["type"]?.string == condition.type }
        if let old = self.condition(condition.type), old.status == condition.status {
            new.lastTransitionTime = old.lastTransitionTime
        }
        let tree: JSON = [
            "type": .string(new.type), "status": .string(new.status.rawValue),
            "lastTransitionTime": .string(new.lastTransitionTime), "reason": .string(new.reason),
            "message": .string(new.message),
        ]
        if let index { conditions[index] = tree } else { conditions.append(tree) }
        var status = status ?? .null
        status["conditions"] = .array(conditions)
        self.status = status
    }
}
