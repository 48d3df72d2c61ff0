// SPDX-License-Identifier: Apache-2.0

/// Collects the members of an object; a later member takes the place of an earlier one with the same key.
///
/// A few keys are compared one by one. Beyond that an index is kept, so that a hostile object costs no quadratic time.
struct ObjectBuilder {
    private static let mostWithoutIndex = 24

    /// Values may be changed in place; keys only through `add` and `remove`.
    var members: [JSONObject.Member] = []
    private var places: [Key: Int]?

    private struct Key: Hashable {
        let text: String
        static func == (left: Key, right: Key) -> Bool { left.text.isSpelled(like: right.text) }
        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    init() {}

    init(_ object: JSONObject) {
        members = object.members
        if members.count >= Self.mostWithoutIndex { index() }
    }

    var object: JSONObject { JSONObject(distinct: members) }

    /// Adds a member; true when its key was there already.
    mutating func add(_ key: consuming String, _ value: consuming JSON) -> Bool {
        if let place = place(of: key) {
            members[place].value = value
            return true
        }
        if members.isEmpty { members.reserveCapacity(4) }
        members.append(JSONObject.Member(key: key, value: value))
        if members.count >= Self.mostWithoutIndex { index() }
        return false
    }

    /// Where a key stands.
    func place(of key: String) -> Int? {
        if let places { return places[Key(text: key)] }
        for index in members.indices where members[index].key.isSpelled(like: key) { return index }
        return nil
    }

    /// Takes members out, all at once.
    mutating func remove(_ gone: Set<Int>) {
        guard !gone.isEmpty else { return }
        members = members.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
        places = nil
        if members.count >= Self.mostWithoutIndex { index() }
    }

    private mutating func index() {
        guard places != nil else {
            places = Dictionary(uniqueKeysWithValues: members.enumerated().map { (Key(text: $1.key), $0) })
            return
        }
        let last = members.count - 1
        places?[Key(text: members[last].key)] = last
    }
}

extension String {
    /// Equality byte for byte; `==` also holds between different spellings of the same accented letter.
    package func isSpelled(like other: String) -> Bool {
        utf8.count == other.utf8.count && JSONBytes.areEqual(utf8Span.span, other.utf8Span.span)
    }
}
