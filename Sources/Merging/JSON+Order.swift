// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension String {
    /// Below zero when this text stands first by its bytes, zero when both are spelled alike.
    func byteOrder(to other: String) -> Int {
        var others = other.utf8.makeIterator()
        for byte in utf8 {
            guard let second = others.next() else { return 1 }
            if byte != second { return Int(byte) - Int(second) }
        }
        return others.next() == nil ? 0 : -1
    }
}

extension JSON {
    /// Below zero when this value stands first, zero when both mean the same: numbers, texts, truths, then the rest.
    func order(to other: JSON) -> Int {
        switch (self, other) {
        case (.string(let left), .string(let right)): left.byteOrder(to: right)
        case (.integer(let left), .integer(let right)): left < right ? -1 : left > right ? 1 : 0
        case (.bool(let left), .bool(let right)): left == right ? 0 : left ? 1 : -1
        case (.null, .null): 0
        default: rank == other.rank ? sameRankOrder(to: other) : rank - other.rank
        }
    }

    private func sameRankOrder(to other: JSON) -> Int {
        if means(other) { return 0 }
        if let left = number, let right = other.number, left != right { return left < right ? -1 : 1 }
        return text.byteOrder(to: other.text)
    }

    private var rank: Int {
        switch self {
        case .integer, .decimal: 0
        case .string: 1
        case .bool: 2
        case .array: 3
        case .object: 4
        case .null: 5
        }
    }

    /// Values that mean the same hash alike, however their numbers are spelled.
    func hashMeaning(into hasher: inout Hasher) {
        hasher.combine(rank)
        switch self {
        case .string(let text): hasher.combine(text)
        case .integer, .decimal: hasher.combine(number)
        case .bool(let value): hasher.combine(value)
        case .array(let elements): hasher.combine(elements.count)
        case .object(let members): hasher.combine(members.count)
        case .null: break
        }
    }
}

extension JSON {
    /// The same value with the members of all objects in the order of their names, as Go prints a map.
    package var sortedByKey: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.sortedByKey))
        case .object(let object):
            .object(
                JSONObject(
                    distinct: object.members.sorted { $0.key.byteOrder(to: $1.key) < 0 }.map {
                        .init(key: $0.key, value: $0.value.sortedByKey)
                    }))
        default: self
        }
    }
}
