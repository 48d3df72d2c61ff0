// SPDX-License-Identifier: Apache-2.0

import JSONTree
package import Resources
import Schemas
package import Stores

/// Which objects of a scope are meant: by labels and by fields.
package struct Selection: Sendable {
    package var labels: LabelSelector?
    package var fields: FieldSelector?

    package static let everything = Selection()

    /// A selection that both selectors must hold for; absent ones select everything.
    package init(labels: LabelSelector? = nil, fields: FieldSelector? = nil) {
        self.labels = labels
        self.fields = fields
    }

    /// Reads `labelSelector` and `fieldSelector`.
    ///
    /// Throws `APIError.badRequest` for nonsense and for a field that the kind does not offer.
    package init(_ query: Query, of resource: ServedResource) throws(APIError) {
        try self.init(labels: query["labelSelector"], fields: query["fieldSelector"], of: resource)
    }

    /// Reads selectors as they stand on the wire; throws as above.
    package init(labels: String?, fields: String?, of resource: ServedResource) throws(APIError) {
        self.init()
        do throws(InvalidSelector) {
            if let labels { self.labels = try LabelSelector(labels) }
            if let fields { self.fields = try FieldSelector(fields) }
        } catch {
            throw .badRequest("\(error)")
        }
        for path in self.fields?.requirements.map(\.path) ?? [] {
            let isKnown = Self.everyKind.contains(path) || resource.kind.selectableFields[path] != nil
            guard isKnown else { throw Self.unknown(path.shortened, of: resource) }
        }
    }

    private static let everyKind = ["metadata.name", "metadata.namespace"]

    /// In upstream's words, which are others for kinds that offer fields of their own.
    private static func unknown(_ path: String, of resource: ServedResource) -> APIError {
        guard resource.isUpstreamType, resource.kind.selectableFields.isEmpty else {
            return .badRequest("field label not supported: \(path)")
        }
        let known = everyKind.map { "\"\($0)\"" }.joined(separator: ", ")
        return .badRequest("\"\(path)\" is not a known field selector: only \(known)")
    }

    package var isEverything: Bool { labels == nil && fields == nil }

    /// Whether an object is meant.
    package func matches(_ object: CachedObject, of resource: ServedResource) -> Bool {
        if let labels, !labels.matches(object.labels) { return false }
        guard let fields else { return true }
        // A tree is made at most once, and only for a field inside the object.
        var made: JSON?
        return fields.matches { path in
            switch path {
            case "metadata.name": return object.key.object.name
            case "metadata.namespace": return object.key.object.namespace
            default:
                let tree = made ?? (try? resource.tree(object.stored)) ?? .null
                made = tree
                let value = resource.kind.selectableFields[path]?.first(in: tree)
                return value.map { $0.string ?? $0.text } ?? ""
            }
        }
    }
}
