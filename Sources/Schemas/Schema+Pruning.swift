// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Schema {
    /// The value without the members that nothing names, and the paths of those, in the value's order.
    ///
    /// `apiVersion`, `kind` and `metadata` of a resource stay. A value of the wrong type stays too: `issues` says so.
    package func pruned(_ value: JSON) -> (tree: JSON, unknown: [String]) {
        var pruning = Pruning()
        let tree = pruning.pruned(value, self) ?? value
        return (tree, pruning.unknown)
    }
}

/// One walk that drops what nothing names.
private struct Pruning {
    var path = FieldPath()
    var unknown: [String] = []

    /// The smaller value; absent when nothing was dropped, so that good input is never copied.
    mutating func pruned(_ value: JSON, _ schema: Schema) -> JSON? {
        switch value {
        case .object(let members) where schema.form == .object: pruned(members, schema)
        case .array(let elements) where schema.form == .array: pruned(elements, schema)
        default: nil
        }
    }

    private mutating func pruned(_ members: JSONObject, _ schema: Schema) -> JSON? {
        var kept: [JSONObject.Member] = []
        kept.reserveCapacity(members.count)
        var isChanged = false
        for member in members.members {
            path.push(member.key)
            if let known = schema.member(member.key) {
                let smaller = pruned(member.value, known)
                kept.append(JSONObject.Member(key: member.key, value: smaller ?? member.value))
                isChanged = isChanged || smaller != nil
            } else if schema.preservesUnknownFields {
                kept.append(member)
            } else {
                unknown.append(path.text)
                isChanged = true
            }
            path.pop()
        }
        return isChanged ? .object(JSONObject(distinct: kept)) : nil
    }

    private mutating func pruned(_ elements: [JSON], _ schema: Schema) -> JSON? {
        guard let items = schema.items.first else { return nil }
        var result = elements
        var isChanged = false
        for (index, element) in elements.enumerated() {
            path.push(index)
            if let smaller = pruned(element, items) {
                result[index] = smaller
                isChanged = true
            }
            path.pop()
        }
        return isChanged ? .array(result) : nil
    }
}
