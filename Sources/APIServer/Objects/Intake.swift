// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources
import Schemas

/// Takes a body in: reads what it says it is, fits it to the path, prunes and defaults it.
struct Intake {
    let target: Target
    let settings: WriteSettings
    /// Paths of keys that stood twice in the body.
    var duplicates: [String] = []
    private(set) var warnings: [String] = []

    init(_ target: Target, _ settings: WriteSettings, duplicates: [String] = []) {
        self.target = target
        self.settings = settings
        self.duplicates = duplicates
    }

    /// The object in the version of the path; throws `APIError` for what cannot be one.
    mutating func accept(_ body: JSON) throws(APIError) -> JSON {
        guard body.object != nil else { throw target.unrecognized("it is no object") }
        var tree = try named(body)
        try placed(&tree)
        if target.subresource == "status" { tree = tree.onlyStatus }
        let pruned = target.served.version.schema.pruned(tree)
        try note(pruned.unknown)
        return target.kind.completion(target.served.version.schema.defaulted(pruned.tree))
    }

    /// An applied configuration at the place that the path says; throws `APIError` for what is none of the kind.
    ///
    /// Nothing is pruned and no default is set, for then its manager would own what it never named.
    func configuration(_ body: JSON) throws(APIError) -> JSON {
        let (version, kind) = (body["apiVersion"]?.string ?? "", body["kind"]?.string ?? "")
        guard version == target.served.apiVersion, kind == target.kind.names.kind else {
            let name = (version.contains("/") || version.isEmpty ? version : "/\(version)").shortened
            throw APIError(.badRequest, "invalid object type: \(name.isEmpty ? "/" : name), Kind=\(kind.shortened)")
        }
        guard body["metadata"]?["managedFields"].map(\.isNull) ?? true else {
            throw APIError(.badRequest, "metadata.managedFields must be nil")
        }
        var placed = body
        try self.placed(&placed)
        // Where it lies is no part of what its manager wants.
        return body
    }

    /// Says of what kind the body is, or checks what it says.
    private func named(_ body: JSON) throws(APIError) -> JSON {
        let served = target.served
        var tree = body
        switch body["kind"]?.string {
        case nil where served.isUpstreamType: tree["kind"] = .string(served.kind.names.kind)
        case nil: throw target.unrecognized("Object 'Kind' is missing")
        case served.kind.names.kind: break
        case let other?:
            throw otherKind(other.shortened, body)
        }
        switch body["apiVersion"]?.string {
        case nil where served.isUpstreamType: tree["apiVersion"] = .string(served.apiVersion)
        case served.apiVersion: break
        case let other:
            throw APIError(
                .badRequest,
                "the API version in the data (\((other ?? "").shortened)) does not match the expected API version (\(served.apiVersion))"
            )
        }
        return tree
    }

    /// A body of another kind is refused in that kind's name, as upstream does.
    private func otherKind(_ other: String, _ body: JSON) -> APIError {
        let kind = target.kind.names.kind
        guard !target.served.isUpstreamType else {
            return .badRequest(
                "\(other) in version \"\(target.served.version.name)\" cannot be handled as a \(kind)")
        }
        let issue = FieldIssue(path: "kind", value: .string(other), message: "must be \(kind)")
        let name = body["metadata"]?["name"]?.string ?? ""
        return .invalid(group: target.kind.group, kind: other, name: name.shortened, [issue])
    }

    /// Puts the object where the path says; a body that says otherwise is refused.
    private func placed(_ tree: inout JSON) throws(APIError) {
        guard tree["metadata"].map({ $0.object != nil || $0.isNull }) ?? true else {
            throw target.unrecognized("metadata is no object")
        }
        var metadata = Metadata(tree: tree["metadata"].flatMap { $0.isNull ? nil : $0 } ?? .object(JSONObject()))
        for key in ["labels", "annotations"] {
            let members = metadata.tree[key].flatMap {
                $0.isNull ? nil : $0.object?.members ?? [.init(key: "", value: .null)]
            }
            guard (members ?? []).allSatisfy({ $0.value.string != nil }) else {
                throw target.unrecognized("metadata.\(key) must hold texts only")
            }
        }
        let space = target.kind.isNamespaced ? target.namespace ?? "" : ""
        guard metadata.namespace.isEmpty || metadata.namespace == space else {
            throw APIError(
                .badRequest, "the namespace of the provided object does not match the namespace sent on the request")
        }
        metadata.namespace = space
        if let name = target.name, metadata.name != name {
            let isAbsent = metadata.name.isEmpty
            throw APIError(
                .badRequest,
                isAbsent
                    ? "the name of the object (\(name) based on URL) was undeterminable: name must be provided"
                    : "the name of the object (\(metadata.name.shortened)) does not match the name on the URL (\(name))"
            )
        }
        tree["metadata"] = metadata.tree
    }

    /// Warns of unknown and doubled fields, or refuses them, as the request wants.
    private mutating func note(_ unknown: [String]) throws(APIError) {
        let notes = duplicates.map { "duplicate field \"\($0)\"" } + unknown.map { "unknown field \"\($0)\"" }
        guard !notes.isEmpty else { return }
        switch settings.fieldValidation {
        case .ignore: return
        case .warn: warnings = notes
        case .strict:
            let kind = target.kind.names.kind
            throw APIError(
                .badRequest,
                "\(kind) in version \"\(target.served.version.name)\" cannot be handled as a \(kind): "
                    + "strict decoding error: \(notes.joined(separator: ", "))")
        }
    }
}

extension JSON {
    /// What the door of the status takes of an object: nobody looks at the rest.
    fileprivate var onlyStatus: JSON {
        let taken = ["apiVersion", "kind", "metadata", "status"]
        return .object(JSONObject(distinct: (object?.members ?? []).filter { taken.contains($0.key) }))
    }
}
