// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Takes out of a merged object what its applier managed and no longer applies, unless somebody else manages it too.
struct Pruning {
    /// What comes of a value.
    enum Outcome {
        case same
        /// Nothing is left of it.
        case gone
        case becomes(JSON)
    }

    /// Whether what stands around a value was applied before, and whether it goes.
    private struct Surroundings {
        var isApplied = false
        var isDoomed = false

        /// What holds one step further inside.
        func inside(wasApplied: Bool, isManaged: Bool) -> Surroundings {
            let isApplied = isApplied || wasApplied
            return Surroundings(isApplied: isApplied, isDoomed: isDoomed || isApplied && !isManaged)
        }
    }

    /// The object without what was applied and is managed by nobody now; absent when all stays.
    ///
    /// - Parameters:
    ///   - last: what the applier managed before.
    ///   - managed: what all managers manage now, the applier too.
    static func pruned(_ object: JSON, _ shape: Shape, last: FieldSet, managed: FieldSet) -> JSON? {
        switch pruned(object, shape, last, managed, Surroundings()) {
        case .same: nil
        case .gone: .object(JSONObject())
        case .becomes(let value): value
        }
    }

    private static func pruned(
        _ value: JSON, _ shape: Shape, _ last: FieldSet, _ managed: FieldSet, _ around: Surroundings
    ) -> Outcome {
        switch value {
        case .object(let members) where shape.hasMembers: pruned(members, shape, last, managed, around)
        case .array(let elements): pruned(elements, shape, last, managed, around)
        default: .same
        }
    }

    private static func pruned(
        _ object: JSONObject, _ shape: Shape, _ last: FieldSet, _ managed: FieldSet, _ around: Surroundings
    ) -> Outcome {
        var lookup = MemberLookup(object.members)
        var gone: Set<Int> = []
        var changed: [Int: JSON] = [:]
        for (index, entry) in last.entries.enumerated() {
            guard case .field(let name) = entry.element, let known = shape.member(name),
                let place = lookup.place(of: name, guess: index)
            else { continue }
            let claim = managed.entry(entry.element)
            switch outcome(object.members[place].value, known.shape, entry, claim, isNamed: known.isNamed, around) {
            case .same: continue
            case .gone: gone.insert(place)
            case .becomes(let value): changed[place] = value
            }
        }
        guard !gone.isEmpty || !changed.isEmpty else { return .same }
        guard gone.count < object.count else { return .gone }
        let members = object.members.enumerated().filter { !gone.contains($0.offset) }.map { index, member in
            JSONObject.Member(key: member.key, value: changed[index] ?? member.value)
        }
        return .becomes(.object(JSONObject(distinct: members)))
    }

    private static func pruned(
        _ elements: [JSON], _ shape: Shape, _ last: FieldSet, _ managed: FieldSet, _ around: Surroundings
    ) -> Outcome {
        guard let (items, list) = shape.elements else { return .same }
        var kept: [JSON] = []
        kept.reserveCapacity(elements.count)
        var isChanged = false
        for item in elements {
            guard let element = list.element(of: item), let entry = last.entry(element) else {
                kept.append(item)
                continue
            }
            switch outcome(item, items, entry, managed.entry(element), isNamed: false, around) {
            case .same: kept.append(item)
            case .gone: isChanged = true
            case .becomes(let value):
                isChanged = true
                kept.append(value)
            }
        }
        guard isChanged else { return .same }
        return kept.isEmpty ? .gone : .becomes(.array(kept))
    }

    /// What comes of one member or element that was applied, or has something inside that was.
    ///
    /// A field that the schema names counts as applied, or managed, when something inside it is.
    private static func outcome(
        _ value: JSON, _ shape: Shape, _ entry: FieldSet.Entry, _ claim: FieldSet.Entry?, isNamed: Bool,
        _ around: Surroundings
    ) -> Outcome {
        let wasApplied = entry.isMember || isNamed && !entry.children.isEmpty
        let isManaged = claim.map { $0.isMember || isNamed && !$0.children.isEmpty } ?? false
        let inside = around.inside(wasApplied: wasApplied, isManaged: isManaged)
        if wasApplied, inside.isDoomed { return .gone }
        let result = pruned(value, shape, entry.children, claim?.children ?? FieldSet(), inside)
        // What somebody manages itself stays, although nothing is left in it.
        guard case .gone = result, claim?.isMember == true else { return result }
        return .becomes(value.array == nil ? .object(JSONObject()) : .array([]))
    }
}
