// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Finds members of an object by name: near where the same name stood in another object, else by an index when there are many.
struct MemberLookup {
    private static let mostWithoutIndex = 24

    let members: [JSONObject.Member]
    private var places: [PathElement: Int]?

    init(_ members: [JSONObject.Member]) { self.members = members }

    /// Where the member stands; `guess` is looked at first.
    mutating func place(of name: String, guess: Int) -> Int? {
        if guess < members.count, members[guess].key.isSpelled(like: name) { return guess }
        guard members.count > Self.mostWithoutIndex else { return members.firstIndex { $0.key.isSpelled(like: name) } }
        let index =
            places
            ?? Dictionary(
                members.enumerated().map { (PathElement.field($1.key), $0) }, uniquingKeysWith: { first, _ in first })
        places = index
        return index[.field(name)]
    }
}
