// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// Applies a merge patch (RFC 7396): members replace members, `null` removes, everything but an object replaces all.
    package mutating func merge(_ patch: JSON) {
        guard case .object(let changes) = patch else {
            self = patch
            return
        }
        var builder = ObjectBuilder(object ?? JSONObject())
        // Freed first, so that the changes below do not copy the whole object.
        self = .null
        var gone: Set<Int> = []
        for change in changes.members {
            switch (builder.place(of: change.key), change.value) {
            case (let place?, .null): gone.insert(place)
            case (let place?, _): builder.members[place].value.merge(change.value)
            case (nil, .null): break
            case (nil, _):
                var value = JSON.null
                value.merge(change.value)
                _ = builder.add(change.key, value)
            }
        }
        builder.remove(gone)
        self = .object(builder.object)
    }

    /// The value with a merge patch applied.
    package func merging(_ patch: JSON) -> JSON {
        var result = self
        result.merge(patch)
        return result
    }

    /// True when both mean the same, numbers compared by value: `1`, `1.0` and `1e0` are one number.
    package func means(_ other: JSON) -> Bool {
        switch (self, other) {
        case (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal): self == other || number == other.number
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
        case (.object(let left), .object(let right)): left.matches(right) { $0.means($1) }
        default: self == other
        }
    }
}
