// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas

/// How a strategic merge patch changes a list of one schema.
struct StrategicListMerge {
    /// Merges a patch into a value of a schema; absent when nothing is left of it.
    typealias Merging = (JSON?, JSON, Schema) throws(StrategicMerge.Failure) -> JSON?

    private enum Form {
        /// The patch's list takes the place of the old one.
        case replace
        /// Scalars are added that are not there yet.
        case scalars
        /// Elements with the same value of this field are merged.
        case objects(key: String, Schema)
    }

    private let form: Form

    init(_ schema: Schema) {
        let item = schema.items.first ?? Schema(.any)
        form =
            switch (schema.patchMergeKey, schema.listType) {
            case (let key?, _): .objects(key: key, item)
            case (nil, .map(let keys)): keys.first.map { .objects(key: $0, item) } ?? .replace
            case (nil, .set): .scalars
            case (nil, .unspecified), (nil, .atomic): .replace
            }
    }

    /// The list with the patch's elements merged in.
    ///
    /// - Parameter order: the keys in the order that the patch asks for; as they stand in it when absent.
    func merged(
        _ live: [JSON], _ patch: [JSON], order: [JSON]?, merging: Merging
    ) throws(StrategicMerge.Failure) -> [JSON] {
        switch form {
        case .replace: return patch.withoutMarks
        case .scalars:
            let known = Set(live)
            return interleaved(live + patch.filter { !known.contains($0) }, order: order ?? patch, live: live)
        case .objects(let key, let item):
            if patch.contains(where: { $0["$patch"] == "replace" }) { return patch.withoutMarks }
            let result = try merged(live, patch, key, item, merging)
            return interleaved(result, order: order ?? patch, live: live)
        }
    }

    private func merged(
        _ live: [JSON], _ patch: [JSON], _ key: String, _ item: Schema, _ merging: Merging
    ) throws(StrategicMerge.Failure) -> [JSON] {
        var result: [JSON?] = live
        var places = places(of: live)
        for change in patch {
            guard let value = change[key] else {
                throw .init(description: "an element of the list has no \(key), which tells the elements apart")
            }
            switch change["$patch"] {
            case "delete": if let place = places[value] { result[place] = nil }
            case nil, "merge":
                let place = places[value] ?? result.count
                if place == result.count { result.append(nil) }
                places[value] = place
                result[place] = try merging(result[place], change, item)
            case let other?: throw StrategicMerge.unknown(other)
            }
        }
        return result.compactMap(\.self)
    }

    /// The list in its final order: what the patch names in the order that it asks for, all else in its live order and in
    /// front of the first that it stood in front of.
    func interleaved(_ list: [JSON], order: [JSON], live: [JSON]) -> [JSON] {
        if case .replace = form { return list }
        let there = places(of: list)
        let before = places(of: live)
        let wanted = order.compactMap { key(of: $0).flatMap { there[$0] } }
        let isWanted = Set(wanted)
        var others = list.indices.filter { !isWanted.contains($0) }[...]
        func livePlace(_ index: Int) -> Int? { key(of: list[index]).flatMap { before[$0] } }
        var result: [JSON] = []
        for index in wanted {
            while let other = others.first, let place = livePlace(index), let earlier = livePlace(other),
                earlier < place
            {
                result.append(list[other])
                others = others.dropFirst()
            }
            result.append(list[index])
        }
        return result + others.map { list[$0] }
    }

    /// What tells an element apart; a scalar stands for itself, also where a patch names an object by its key alone.
    private func key(of element: JSON) -> JSON? {
        guard case .objects(let key, _) = form, element.object != nil else { return element }
        return element[key]
    }

    private func places(of elements: [JSON]) -> [JSON: Int] {
        let pairs = elements.enumerated().compactMap { index, element in key(of: element).map { ($0, index) } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}

extension [JSON] {
    /// The elements of a patch that are no directives themselves.
    fileprivate var withoutMarks: [JSON] {
        filter { $0["$patch"] == nil || $0.object?.count != 1 }.map(\.withoutDirectives)
    }
}
