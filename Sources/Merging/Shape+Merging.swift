// SPDX-License-Identifier: Apache-2.0

package import JSONTree

extension Shape {
    /// The live value with an applied configuration laid over it; absent when that changes nothing.
    ///
    /// What the configuration does not name stays; nothing is copied where nothing changes.
    package func merging(_ live: JSON, with configuration: JSON) -> JSON? {
        if hasMembers, live.isEmptyObject == false {
            switch configuration {
            case .object(let members): return merging(live.object ?? JSONObject(), with: members)
            case .null: return nil
            default: break
            }
        } else if let (items, list) = elements, let lives = live.array, !lives.isEmpty {
            switch configuration {
            case .array(let elements):
                guard !elements.isEmpty else { return nil }
                let merge = ListMerge(ElementIndex(lives, list), ElementIndex(elements, list), items)
                return merge.result.map(JSON.array)
            case .null: return nil
            default: break
            }
        }
        return live.means(configuration) ? nil : configuration
    }

    private func merging(_ live: JSONObject, with configuration: JSONObject) -> JSON? {
        var lives = MemberLookup(live.members)
        var changed: [(place: Int, value: JSON)] = []
        var added: [JSONObject.Member] = []
        for (index, member) in configuration.members.enumerated() {
            guard let place = lives.place(of: member.key, guess: index) else {
                added.append(member)
                continue
            }
            let below = self.member(member.key)?.shape ?? .open
            if let merged = below.merging(live.members[place].value, with: member.value) {
                changed.append((place, merged))
            }
        }
        guard !changed.isEmpty || !added.isEmpty else { return nil }
        var members = live.members
        for change in changed { members[change.place].value = change.value }
        return .object(JSONObject(distinct: members + added))
    }
}

extension JSON {
    /// Whether an object is empty; absent for every other value.
    fileprivate var isEmptyObject: Bool? { object?.isEmpty }
}
