// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources
import Synchronization

// MARK: - What wakes which object

extension Controller {
    /// News of an object of the own kind.
    func hear(_ change: ObjectChange) {
        let key = change.object.key
        switch change {
        case .added(let object):
            index.withLock { $0.set(key, reconciler.references(of: object)) }
            queue.add(key)
        case .changed(let old, let new):
            index.withLock { $0.set(key, reconciler.references(of: new)) }
            if new.concernsItsController(since: old) { queue.add(key) }
        case .deleted:
            index.withLock { $0.set(key, []) }
            queue.forget(key)
        }
    }

    /// News of an object of another kind, which may be referred to, owned, or a user.
    func hear(_ change: ObjectChange, of type: ResourceType) {
        let object = change.object
        var keys = used(by: change, of: type)
        if change.concernsOthers {
            keys.formUnion(index.withLock { $0.referrers(to: type.groupResource, object.key) })
            keys.formUnion(owners(of: object))
        }
        for key in keys { queue.add(key) }
    }

    /// The objects of the own kind that an object of another kind belongs to.
    private func owners(of object: Object) -> [ObjectKey] {
        let kind = reconciler.type.kind
        return object.metadata.ownerReferences.filter {
            $0.kind == kind.kind && GroupVersion($0.apiVersion)?.group == kind.group
        }.map {
            let namespace = reconciler.type.isNamespaced ? object.metadata.namespace : ""
            return ObjectKey(organization: object.organization, namespace: namespace, name: $0.name)
        }
    }

    /// The objects of the own kind that a user no longer refers to as before: their deletion may go on.
    private func used(by change: ObjectChange, of type: ResourceType) -> Set<ObjectKey> {
        guard case .some(let user) = change.previous else { return [] }
        let guards = settings.pass.guards.filter { $0.type == type }
        let before = guards.flatMap { $0.references(user) }
        if case .changed(_, let new) = change, guards.flatMap({ $0.references(new) }) == before { return [] }
        return Set(before.filter { $0.type.groupResource == reconciler.type.groupResource }.map(\.key))
    }
}

extension ObjectChange {
    /// The state before: absent for what is new, the last one for what is gone.
    fileprivate var previous: Object? {
        switch self {
        case .added: nil
        case .changed(let old, _): old
        case .deleted(let last): last
        }
    }

    /// Whether something changed that a pass over another object may read.
    fileprivate var concernsOthers: Bool {
        guard case .changed(let old, let new) = self else { return true }
        return new.news != old.news
    }
}

extension Object {
    /// Whether something changed that a pass reads: not the status, which passes write, nor what only the server counts.
    fileprivate func concernsItsController(since old: Object) -> Bool { essence != old.essence }

    private var essence: Object {
        var essence = self
        essence.status = nil
        for member in ["resourceVersion", "managedFields", "finalizers"] { essence.metadata.tree[member] = nil }
        return essence
    }

    /// What an object tells those that refer to it: all but the words and times of its conditions.
    ///
    /// Those change while nothing happens, as with a site that is silent, and objects would wake each other with them for ever.
    fileprivate var news: Object {
        var news = self
        for member in ["resourceVersion", "managedFields"] { news.metadata.tree[member] = nil }
        guard var status = news.status?.object else { return news }
        status["lastObserved"] = nil
        if let conditions = status["conditions"]?.array {
            status["conditions"] = .array(
                conditions.map {
                    ["type": $0["type"] ?? .null, "status": $0["status"] ?? .null, "reason": $0["reason"] ?? .null]
                })
        }
        news.status = .object(status)
        return news
    }
}
