// SPDX-License-Identifier: Apache-2.0

import Clients
import Resources

/// Which objects a list or watch is about: a scope and equalities of labels and of `metadata.name` and `.namespace`.
struct Selection {
    private var scope: Scope
    private var labels: [String: String]
    private var fields: [String: String]

    init(_ query: ListQuery) throws {
        scope = query.scope
        labels = try Self.equalities(query.labelSelector)
        fields = try Self.equalities(query.fieldSelector)
    }

    init(_ query: WatchQuery) throws {
        scope = query.scope
        labels = try Self.equalities(query.labelSelector)
        fields = try Self.equalities(query.fieldSelector)
    }

    func contains(_ object: Object) -> Bool {
        let metadata = object.metadata
        let known = ["metadata.name": metadata.name, "metadata.namespace": metadata.namespace]
        return scope.contains(object.key) && labels.allSatisfy { metadata.labels[$0.key] == $0.value }
            && fields.allSatisfy { known[$0.key] == $0.value }
    }

    /// The event as a watcher of this selection sees it: an object that stops matching is deleted for it.
    func event(_ event: WatchEvent, old: Object?) -> WatchEvent? {
        switch event {
        case .added(let object): return contains(object) ? event : nil
        case .deleted: return old.map(contains) == true ? event : nil
        case .bookmark: return event
        case .modified(let object):
            return switch (old.map(contains) ?? false, contains(object)) {
            case (true, true): event
            case (false, true): .added(object)
            case (true, false): .deleted(object)
            case (false, false): nil
            }
        }
    }

    private static func equalities(_ selector: String?) throws -> [String: String] {
        var equalities: [String: String] = [:]
        for term in (selector ?? "").split(separator: ",") {
            let sides = term.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[0].hasSuffix("!") else {
                throw APIError(.badRequest, "the memory client selects by equality only, not by \"\(term)\"")
            }
            equalities[String(sides[0])] = String(sides[1])
        }
        return equalities
    }
}
