// SPDX-License-Identifier: Apache-2.0

import Resources

/// Who refers to whom: what a kind's objects name, and from there back.
struct ReferenceIndex: Sendable {
    struct Target: Hashable, Sendable {
        var type: GroupResource
        var key: ObjectKey
    }

    private var targets: [ObjectKey: Set<Target>] = [:]
    private var referrers: [Target: Set<ObjectKey>] = [:]

    /// The objects that refer to one of another kind.
    func referrers(to type: GroupResource, _ key: ObjectKey) -> Set<ObjectKey> {
        referrers[Target(type: type, key: key)] ?? []
    }

    /// Notes everything that an object refers to now; an empty list forgets it.
    mutating func set(_ key: ObjectKey, _ references: [Reference]) {
        let new = Set(references.map { Target(type: $0.type.groupResource, key: $0.key) })
        let old = targets[key] ?? []
        for target in old.subtracting(new) {
            referrers[target]?.remove(key)
            if referrers[target]?.isEmpty == true { referrers[target] = nil }
        }
        for target in new.subtracting(old) { referrers[target, default: []].insert(key) }
        targets[key] = new.isEmpty ? nil : new
    }
}
