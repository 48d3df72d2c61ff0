// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object in the order in which they stood.
///
/// Looking a member up walks the members: objects on the wire have few keys, and a walk over a dozen beats a hash.
package struct JSONObject: Sendable {
    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: JSON

        package init(key: String, value: JSON) {
            self.key = key
            self.value = value
        }
    }

    package private(set) var members: [Member]

    package init() { members = [] }

    /// Later values win over earlier ones with the same key, in the earlier one's place.
    package init(_ pairs: some Sequence<(String, JSON)>) {
        self.init()
        for (key, value) in pairs { self[key] = value }
    }

    /// Members that are known to have distinct keys, as a parser has checked them.
    package init(distinct members: [Member]) { self.members = members }

    package subscript(key: String) -> JSON? {
        get { members.first { $0.key.isSpelled(like: key) }?.value }
        set {
            let index = members.firstIndex { $0.key.isSpelled(like: key) }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    package var keys: [String] { members.map(\.key) }
    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
}

extension JSONObject: Hashable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left.members, right.members).allSatisfy { $0 == $1 }
            || left.members.allSatisfy { right[$0.key] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        // Order must not matter, so the members' hashes are added up.
        hasher.combine(members.reduce(into: 0) { sum, member in sum &+= member.hashValue })
    }
}
