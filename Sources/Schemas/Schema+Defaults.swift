// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Schema {
    /// The value with every default in its place; applying it again changes nothing.
    ///
    /// As upstream does: an absent member gets its default, and so does a `null` that may not stand; a `null` that may
    /// not stand and has no default goes; a default is completed by the defaults inside it.
    /// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
    package func defaulted(_ value: JSON) -> JSON { completed(value) ?? value }

    /// The value with defaults; absent when there was nothing to change, so that good input is never copied.
    private func completed(_ value: JSON) -> JSON? {
        switch value {
        case .object(let members): completed(members)
        case .array(let elements): completed(elements)
        default: nil
        }
    }

    private func completed(_ members: JSONObject) -> JSON? {
        var result = members
        var isChanged = false
        func apply(_ completion: Completion, to name: String) {
            switch completion {
            case .stays: return
            case .goes: result[name] = nil
            case .becomes(let value): result[name] = value
            }
            isChanged = true
        }
        for property in namedMembers {
            apply(property.schema.completion(of: members[property.name]), to: property.name)
        }
        if let schema = additionalProperties.first {
            for member in members.members where !properties.contains(where: { $0.name == member.key }) {
                apply(schema.completion(of: member.value), to: member.key)
            }
        }
        return isChanged ? .object(result) : nil
    }

    private func completed(_ elements: [JSON]) -> JSON? {
        guard let schema = items.first else { return nil }
        var result = elements
        var isChanged = false
        for (index, element) in elements.enumerated() {
            guard case .becomes(let new) = schema.completion(of: element) else { continue }
            result[index] = new
            isChanged = true
        }
        return isChanged ? .array(result) : nil
    }

    /// What defaulting asks of one member.
    private enum Completion {
        case stays
        case goes
        case becomes(JSON)
    }

    private func completion(of value: JSON?) -> Completion {
        let isMissing = value.map { $0.isNull && !allowsNull } ?? true
        if isMissing, let defaultValue { return .becomes(defaulted(defaultValue)) }
        guard let value else { return .stays }
        if isMissing { return .goes }
        return completed(value).map(Completion.becomes) ?? .stays
    }

    var allowsNull: Bool { isNullable || form == .any }
}
