// SPDX-License-Identifier: Apache-2.0

/// Collects the members of an object while they are read; a later member takes the place of an earlier one.
///
/// A few keys are compared one by one. Beyond that an index is kept, so that a hostile object costs no quadratic time.
struct ObjectBuilder {
    private var members: [JSONObject.Member] = []
    private var places: [Key: Int]?

    private struct Key: Hashable {
        let text: String
        static func == (left: Key, right: Key) -> Bool { left.text.isSpelled(like: right.text) }
        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    var object: JSONObject { JSONObject(distinct: members) }

    /// Adds a member; true when its key was there already.
    mutating func add(_ key: String, _ value: JSON) -> Bool {
        if let place = place(of: key) {
            members[place].value = value
            return true
        }
        places?[Key(text: key)] = members.count
        members.append(JSONObject.Member(key: key, value: value))
        if members.count == 24 {
            places = Dictionary(uniqueKeysWithValues: members.enumerated().map { (Key(text: $1.key), $0) })
        }
        return false
    }

    private func place(of key: String) -> Int? {
        if let places { return places[Key(text: key)] }
        return members.firstIndex { $0.key.isSpelled(like: key) }
    }
}

extension String {
    /// Equality byte for byte; `==` also holds between different spellings of the same accented letter.
    func isSpelled(like other: String) -> Bool {
        utf8.count == other.utf8.count && self == other && utf8.elementsEqual(other.utf8)
    }
}
