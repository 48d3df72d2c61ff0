// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object in the order in which they stood.
///
/// Looking a member up walks the members: objects on the wire have few keys, and a walk over a dozen beats a hash.
package struct JSONObject: Sendable {
    /// One key and its value.
    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: JSON

        package init(key: String, value: JSON) {
            self.key = key
            self.value = value
        }

        package static func == (left: Member, right: Member) -> Bool {
            left.key.isSpelled(like: right.key) && left.value == right.value
        }
    }

    package private(set) var members: [Member]

    package init() { members = [] }

    /// Later values win over earlier ones with the same key, in the earlier one's place.
    package init(_ pairs: some Sequence<(String, JSON)>) {
        var builder = ObjectBuilder()
        for (key, value) in pairs { _ = builder.add(key, value) }
        self = builder.object
    }

    /// Members that are known to have distinct keys, as a parser has checked them.
    package init(distinct members: [Member]) { self.members = members }

    package subscript(key: String) -> JSON? {
        get { place(of: key).map { members[$0].value } }
        set {
            let index = place(of: key)
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Where a key stands; the members are looked at where they lie, for a copy of each would cost more than the look.
    private func place(of key: String) -> Int? {
        for index in members.indices where members[index].key.isSpelled(like: key) { return index }
        return nil
    }

    package var keys: [String] { members.map(\.key) }
    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
}

extension JSONObject: Hashable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.matches(right, by: ==)
    }

    /// True when both have the same keys and their values pass the comparison.
    func matches(_ other: JSONObject, by areEqual: (JSON, JSON) -> Bool) -> Bool {
        guard count == other.count else { return false }
        // Each value is compared once: a second try would double the work at every level.
        if members.elementsEqual(other.members, by: { $0.key.isSpelled(like: $1.key) }) {
            return members.elementsEqual(other.members) { areEqual($0.value, $1.value) }
        }
        let others = ObjectBuilder(other)
        return members.allSatisfy { member in
            others.place(of: member.key).map { areEqual(member.value, others.members[$0].value) } ?? false
        }
    }

    package func hash(into hasher: inout Hasher) {
        // Order must not matter, so the members' hashes are added up.
        hasher.combine(members.reduce(into: 0) { sum, member in sum &+= member.hashValue })
    }
}
