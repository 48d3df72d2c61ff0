// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas
import Stores

/// Prints stored objects as one client wants to see them.
///
/// The common case copies bytes and makes no tree: whole objects of one organization in the version they are stored in.
struct Presenter: Sendable {
    /// How much of an object stands in a table's row.
    enum RowObject: String, Sendable {
        case none = "None"
        case metadata = "Metadata"
        case object = "Object"
    }

    var served: ServedResource
    let form: AnswerForm
    /// Over all organizations each object says which one it lives in.
    let isEverywhere: Bool
    let rowObject: RowObject
    /// Seconds since 1970, for ages.
    let now: Int64

    static let organizationAnnotation = "scs.community/organization"

    init(_ target: Target, _ form: AnswerForm, rowObject: RowObject = .metadata, now: Int64) {
        served = target.served
        self.form = form
        isEverywhere = target.organizations == .everywhere
        self.rowObject = rowObject
        self.now = now
    }

    /// Whether every client that asks like this sees the same bytes of an object.
    var isPlain: Bool { form == .objects && !isEverywhere }

    /// Appends one object in the form asked for: itself, its metadata, or its row.
    func append(_ stored: Stored, to output: inout [UInt8]) throws {
        switch form {
        case .objects where isPlain && stored.revision > .zero:
            stored.object.splice(served.head, revision: stored.revision.value, to: &output)
        case .objects: try tree(stored).print(to: &output)
        case .metadata, .metadataList: try metadataOnly(tree(stored)).print(to: &output)
        case .table: try row(tree(stored)).print(to: &output)
        }
    }

    /// The object as the client sees it.
    private func tree(_ stored: Stored) throws -> JSON {
        var tree = try served.tree(stored)
        if stored.revision == .zero { tree = tree.withoutResourceVersion.withoutEmptyName }
        guard isEverywhere else { return tree }
        var object = Object(tree)
        object.metadata.annotations[Self.organizationAnnotation] = stored.key.object.organization
        return object.tree
    }

    private func metadataOnly(_ tree: JSON) -> JSON {
        let version = if case .table(let version) = form { version } else { "v1" }
        return [
            "kind": "PartialObjectMetadata", "apiVersion": .string("meta.k8s.io/\(version)"),
            "metadata": tree["metadata"] ?? .object(JSONObject()),
        ]
    }

    /// The row of a bookmark in a table: no cell says anything.
    func bookmarkRow(_ metadata: JSON) -> JSON {
        let empty = served.version.cells(of: [:], now: now).indices.map { $0 == 0 ? JSON.string("") : .null }
        var row: JSON = ["cells": .array(empty)]
        guard rowObject != .none else { return row }
        row["object"] = ["kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": metadata]
        return row
    }

    private func row(_ tree: JSON) -> JSON {
        var row: JSON = ["cells": .array(served.version.cells(of: tree, now: now))]
        switch rowObject {
        case .none: row["object"] = .null
        case .metadata: row["object"] = metadataOnly(tree)
        case .object: row["object"] = tree
        }
        return row
    }
}

extension JSON {
    /// The same for what is only answered, which has no name.
    fileprivate var withoutEmptyName: JSON {
        guard self["metadata"]?["name"]?.string?.isEmpty == true else { return self }
        var metadata = self["metadata"] ?? .object(JSONObject())
        metadata["name"] = nil
        var tree = self
        tree["metadata"] = metadata
        return tree
    }
}
