// SPDX-License-Identifier: Apache-2.0

import Clients
import Resources

/// Which objects a list or watch is about: a scope, labels, and the fields `metadata.name` and `metadata.namespace`.
struct Selection {
    private var scope: Scope
    private var labels: LabelSelector
    private var fields: FieldSelector

    init(_ query: ListQuery) throws {
        try self.init(query.scope, query.labelSelector, query.fieldSelector)
    }

    init(_ query: WatchQuery) throws {
        try self.init(query.scope, query.labelSelector, query.fieldSelector)
    }

    private init(_ scope: Scope, _ labels: String?, _ fields: String?) throws {
        self.scope = scope
        do throws(InvalidSelector) {
            self.labels = try LabelSelector(labels ?? "")
            self.fields = try FieldSelector(fields ?? "")
        } catch {
            throw APIError.badRequest(error.message)
        }
    }

    func contains(_ object: Object) -> Bool {
        let metadata = object.metadata
        let known = ["metadata.name": metadata.name, "metadata.namespace": metadata.namespace]
        return scope.contains(object.key) && labels.matches(metadata.labels) && fields.matches { known[$0] ?? "" }
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
}
