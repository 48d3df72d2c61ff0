// SPDX-License-Identifier: Apache-2.0

import Resources

/// The objects that an informer has heard of; each transition returns what the handlers are to be told.
struct Mirror: Sendable {
    private(set) var objects: [ObjectKey: Object] = [:]
    private var keysByOwner: [String: Set<ObjectKey>] = [:]

    /// The objects that name this uid as an owner, in no order.
    func owned(by uid: String) -> [Object] {
        (keysByOwner[uid] ?? []).compactMap { objects[$0] }
    }

    /// Takes a whole list in; what it does not hold any more was deleted meanwhile.
    mutating func replace(with listed: [Object]) -> [ObjectChange] {
        let listedKeys = Set(listed.map(\.key))
        let vanished = objects.values.filter { !listedKeys.contains($0.key) }
        return vanished.flatMap { remove($0) } + listed.flatMap { put($0) }
    }

    mutating func apply(_ event: WatchEvent) -> [ObjectChange] {
        switch event {
        case .added(let object), .modified(let object): put(object)
        case .deleted(let object): remove(object)
        case .bookmark: []
        }
    }

    private mutating func put(_ object: Object) -> [ObjectChange] {
        let key = object.key
        let old = objects[key]
        unlink(old)
        objects[key] = object
        for owner in object.metadata.ownerReferences { keysByOwner[owner.uid, default: []].insert(key) }
        guard let old else { return [.added(object)] }
        // The same name with another uid: one was deleted and the next created while nobody listened.
        guard old.metadata.uid == object.metadata.uid else { return [.deleted(old), .added(object)] }
        guard old.metadata.resourceVersion != object.metadata.resourceVersion else { return [] }
        return [.changed(old: old, new: object)]
    }

    private mutating func remove(_ last: Object) -> [ObjectChange] {
        guard let old = objects[last.key], old.metadata.uid == last.metadata.uid else { return [] }
        objects[last.key] = nil
        unlink(old)
        return [.deleted(last)]
    }

    private mutating func unlink(_ old: Object?) {
        guard let old else { return }
        for owner in old.metadata.ownerReferences {
            keysByOwner[owner.uid]?.remove(old.key)
            if keysByOwner[owner.uid]?.isEmpty == true { keysByOwner[owner.uid] = nil }
        }
    }
}
