// SPDX-License-Identifier: Apache-2.0

import Resources

/// The objects that an informer has heard of; each transition returns what the handlers are to be told.
struct Mirror: Sendable {
    private(set) var objects: [ObjectKey: MirroredObject] = [:]
    private var keysByOwner: [String: Set<ObjectKey>] = [:]

    /// The objects that name this uid as an owner, in no order.
    func owned(by uid: String) -> [MirroredObject] {
        (keysByOwner[uid] ?? []).compactMap { objects[$0] }
    }

    /// Takes a whole list in; what it does not hold any more was deleted meanwhile.
    mutating func replace(with listed: [MirroredObject]) -> [MirrorChange] {
        let listedKeys = Set(listed.map(\.key))
        let vanished = objects.values.filter { !listedKeys.contains($0.key) }
        return vanished.flatMap { remove($0) } + listed.flatMap { put($0) }
    }

    mutating func apply(_ event: WatchEvent) -> [MirrorChange] {
        switch event {
        case .added(let object), .modified(let object): put(MirroredObject(object))
        case .deleted(let object): remove(MirroredObject(object))
        case .bookmark: []
        }
    }

    private mutating func put(_ object: MirroredObject) -> [MirrorChange] {
        let old = objects[object.key]
        unlink(old)
        objects[object.key] = object
        for owner in object.owners { keysByOwner[owner, default: []].insert(object.key) }
        guard let old else { return [.added(object)] }
        // The same name with another uid: one was deleted and the next created while nobody listened.
        guard old.uid == object.uid else { return [.deleted(old), .added(object)] }
        guard old.resourceVersion != object.resourceVersion else { return [] }
        return [.changed(old: old, new: object)]
    }

    private mutating func remove(_ last: MirroredObject) -> [MirrorChange] {
        guard let old = objects[last.key], old.uid == last.uid else { return [] }
        objects[last.key] = nil
        unlink(old)
        return [.deleted(last)]
    }

    private mutating func unlink(_ old: MirroredObject?) {
        guard let old else { return }
        for owner in old.owners {
            keysByOwner[owner]?.remove(old.key)
            if keysByOwner[owner]?.isEmpty == true { keysByOwner[owner] = nil }
        }
    }
}
