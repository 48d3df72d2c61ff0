// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

extension JSON {
    /// The merge patch (RFC 7396) that makes this value into another; absent when there is nothing to do.
    ///
    /// A merge patch cannot write `null`, so a member that is `null` counts as absent.
    func mergePatch(to other: JSON) -> JSON? {
        guard let old = object, let new = other.object else { return self == other ? nil : other }
        var patch = JSONObject()
        for key in old.keys where (new[key] ?? .null).isNull && old[key]?.isNull == false { patch[key] = .null }
        for member in new.members where !member.value.isNull {
            if let known = old[member.key] {
                if let change = known.mergePatch(to: member.value) { patch[member.key] = change }
            } else {
                patch[member.key] = member.value
            }
        }
        return patch.isEmpty ? nil : .object(patch)
    }
}

extension Condition {
    var tree: JSON {
        var tree: JSON = ["type": .string(type), "status": .string(status.rawValue), "reason": .string(reason)]
        tree["message"] = .string(message)
        if let observedGeneration { tree["observedGeneration"] = .integer(observedGeneration) }
        tree["lastTransitionTime"] = .string(lastTransitionTime)
        return tree
    }
}

extension Object {
    /// `status.conditions` with these put in the places of those of their types; what else stands there stays as it is.
    func conditions(with conditions: [Condition]) -> JSON {
        var trees = status?["conditions"]?.array ?? []
        for var condition in conditions {
            let known = self.condition(condition.type)
            if let known, known.status == condition.status { condition.lastTransitionTime = known.lastTransitionTime }
            if let index = trees.firstIndex(where: { $0["type"]?.string == condition.type }) {
                trees[index] = condition.tree
            } else {
                trees.append(condition.tree)
            }
        }
        return .array(trees)
    }
}
