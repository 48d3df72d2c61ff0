// SPDX-License-Identifier: Apache-2.0

package import JSONTree
package import Schemas

/// A strategic merge patch: a merge patch that knows from the schema how lists are merged, with directives of its own.
///
/// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
package struct StrategicMerge {
    private static let directive = "$patch"
    private static let retainKeys = "$retainKeys"
    private static let deletion = "$deleteFromPrimitiveList/"
    private static let order = "$setElementOrder/"

    /// Why a patch cannot be applied.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Lower case; names the directive or the field, never a value.
        package let description: String
    }

    private init() {}

    /// The object with the patch applied; throws for a directive that makes no sense there.
    package static func apply(_ patch: JSON, to object: JSON, _ schema: Schema) throws(Failure) -> JSON {
        guard let changes = patch.object else {
            throw Failure(description: "a strategic merge patch must be an object")
        }
        return .object(try merged(object.object ?? JSONObject(), changes, schema))
    }

    private static func merged(
        _ object: JSONObject, _ patch: JSONObject, _ schema: Schema
    ) throws(Failure) -> JSONObject {
        switch patch[directive] {
        case nil, "merge": break
        case "replace": return patch.withoutDirectives
        case "delete": return JSONObject()
        case let other?: throw unknown(other)
        }
        var result = try retained(object, patch)
        let lists = try ListDirectives(patch)
        for (name, gone) in lists.deletions {
            result[name] = result[name]?.array.map { list in .array(list.filter { !gone.contains($0) }) }
        }
        for member in patch.members where !member.key.hasPrefix("$") {
            let below = schema.member(member.key) ?? Schema(.any)
            result[member.key] = try merged(result[member.key], member.value, below, order: lists.orders[member.key])
        }
        for (name, order) in lists.orders where patch[name] == nil {
            guard let list = result[name]?.array else { continue }
            let merge = StrategicListMerge(schema.member(name) ?? Schema(.any))
            result[name] = .array(merge.interleaved(list, order: order, live: list))
        }
        return result
    }

    /// What becomes of one member; absent when it goes.
    private static func merged(
        _ value: JSON?, _ patch: JSON, _ schema: Schema, order: [JSON]?
    ) throws(Failure) -> JSON? {
        switch (value, patch) {
        case (_, .null): return nil
        case (.object(let object), .object(let changes)):
            if changes[directive] == "delete" { return nil }
            return .object(try merged(object, changes, schema))
        case (_, .object(let changes)):
            // A directive alone makes nothing where nothing was.
            let made = changes.withoutDirectives
            return changes[directive] != nil && made.isEmpty ? nil : .object(made)
        case (let value, .array(let elements)):
            let merge = StrategicListMerge(schema)
            let merged = try merge.merged(value?.array ?? [], elements, order: order) {
                (value, patch, schema) throws(Failure) in
                try Self.merged(value, patch, schema, order: nil)
            }
            return .array(merged)
        default: return patch
        }
    }

    /// The object without the members that a list of keys to keep does not name.
    private static func retained(_ object: JSONObject, _ patch: JSONObject) throws(Failure) -> JSONObject {
        guard let directive = patch[retainKeys] else { return object }
        guard let names = directive.array?.compactMap(\.string) else {
            throw Failure(description: "\(retainKeys) must be a list of names")
        }
        let kept = Set(names)
        return JSONObject(distinct: object.members.filter { kept.contains($0.key) })
    }

    static func unknown(_ directive: JSON) -> Failure {
        Failure(description: "\(Self.directive) must be one of merge, replace, delete")
    }

    /// What a patch says about lists beside their elements.
    private struct ListDirectives {
        var deletions: [(String, [JSON])] = []
        var orders: [String: [JSON]] = [:]

        init(_ patch: JSONObject) throws(Failure) {
            for member in patch.members where member.key.hasPrefix("$") {
                let isDeletion = member.key.hasPrefix(StrategicMerge.deletion)
                guard isDeletion || member.key.hasPrefix(StrategicMerge.order) else { continue }
                guard let list = member.value.array else {
                    throw Failure(description: "\(member.key.prefix(64)) must be a list")
                }
                let prefix = isDeletion ? StrategicMerge.deletion : StrategicMerge.order
                let name = String(member.key.dropFirst(prefix.count))
                if isDeletion { deletions.append((name, list)) } else { orders[name] = list }
            }
        }
    }
}

extension JSONObject {
    /// What a patch makes where nothing was: without directives and without what it would remove.
    fileprivate var withoutDirectives: JSONObject {
        JSONObject(
            distinct: members.compactMap { member in
                guard !member.key.hasPrefix("$"), !member.value.isNull else { return nil }
                return .init(key: member.key, value: member.value.withoutDirectives)
            })
    }
}

extension JSON {
    /// The same value without the directives of a strategic merge patch.
    var withoutDirectives: JSON {
        switch self {
        case .object(let object): .object(object.withoutDirectives)
        case .array(let elements):
            .array(elements.filter { $0["$patch"] == nil || $0["$patch"] == "merge" }.map(\.withoutDirectives))
        default: self
        }
    }
}
