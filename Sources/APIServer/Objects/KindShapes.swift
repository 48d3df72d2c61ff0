// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Merging
import Resources
import Schemas
import Synchronization

/// The shapes of a kind's versions, each made when it is first needed.
final class KindShapes: Sendable {
    private let kind: Kind
    private let made = Mutex<[String: Shape]>([:])

    init(_ kind: Kind) { self.kind = kind }

    /// The shape of objects of an `apiVersion`; absent when the kind has no such version.
    func shape(_ apiVersion: String) -> Shape? {
        made.withLock { made in
            if let shape = made[apiVersion] { return shape }
            guard let version = version(apiVersion) else { return nil }
            let shape = Shape(version.schema)
            made[apiVersion] = shape
            return shape
        }
    }

    /// The same as ownership wants to have it.
    var versions: VersionShapes {
        VersionShapes(shape: shape) { object, from, to in
            guard from != to, let from = self.version(from), let to = self.version(to) else { return object }
            var result = to.fromStorage(from.toStorage(object))
            result["apiVersion"] = .string(GroupVersion(group: self.kind.group, version: to.name).text)
            return result
        }
    }

    /// What an object of the kind has before anybody writes anything: upstream's Go types always have their parts.
    func skeleton(_ version: KindVersion) -> JSON {
        guard kind.isUpstreamType else { return .object(JSONObject()) }
        let parts = version.schema.properties.compactMap { part in Self.empty(part.schema).map { (part.name, $0) } }
        return .object(JSONObject(parts))
    }

    /// A part that holds nothing yet: an object with the parts that it always has, or an empty default.
    private static func empty(_ schema: Schema) -> JSON? {
        guard schema.form == .object, !schema.properties.isEmpty else {
            return schema.defaultValue == .null || schema.defaultValue == "" ? schema.defaultValue : nil
        }
        let needed = schema.properties.filter { $0.schema.form == .object && $0.schema.defaultValue == [:] }
        return .object(JSONObject(needed.compactMap { part in empty(part.schema).map { (part.name, $0) } }))
    }

    private func version(_ apiVersion: String) -> KindVersion? {
        guard let name = apiVersion.split(separator: "/").last.map(String.init) else { return nil }
        guard GroupVersion(group: kind.group, version: name).text == apiVersion else { return nil }
        return kind.version(name)
    }
}
