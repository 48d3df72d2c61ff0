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
        var keys = index.withLock { $0.referrers(to: type.groupResource, object.key) }
        keys.formUnion(owners(of: object))
        if case .added = change {} else { keys.formUnion(used(by: change, of: type)) }
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

    /// The objects of the own kind that a user referred to before it changed or went: their deletion may go on.
    private func used(by change: ObjectChange, of type: ResourceType) -> [ObjectKey] {
        let user =
            switch change {
            case .added(let object), .changed(let object, _), .deleted(let object): object
            }
        let references = settings.pass.guards.filter { $0.type == type }.flatMap { $0.references(user) }
        return references.filter { $0.type.groupResource == reconciler.type.groupResource }.map(\.key)
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
}
