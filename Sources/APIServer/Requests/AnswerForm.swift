// SPDX-License-Identifier: Apache-2.0

package import Resources

/// How a client wants to see objects.
package enum AnswerForm: Hashable, Sendable {
    /// Columns and rows, made by the server; the version is `v1` or `v1beta1`.
    case table(version: String)
    /// Only `metadata`.
    case metadata
    /// Only the `metadata` of a list's items.
    case metadataList
    case objects

    /// Chooses from an `Accept` header; throws `APIError.notAcceptable` when nothing there can be made.
    ///
    /// - Parameter isPlain: whether nothing but objects can be made of what is asked for.
    package static func negotiated(_ accept: String?, isPlain: Bool = false) throws(APIError) -> AnswerForm {
        // What most programs send need not be taken apart.
        guard let accept, !accept.isEmpty, accept != "application/json" else { return .objects }
        guard let chosen = chosen(accept, isPlain: isPlain) else { throw .notAcceptable(accepted: ["application/json", yaml]) }
        return chosen.form
    }

    /// Whether the answer shall be YAML: the same tree, for people.
    package static func isYAML(_ accept: String?) -> Bool {
        guard let accept, accept.contains(yaml) else { return false }
        return chosen(accept)?.type.name == yaml
    }

    /// Whole objects in YAML.
    package static let yaml = "application/yaml"

    private static func chosen(_ accept: String, isPlain: Bool = false) -> (type: MediaType, form: AnswerForm)? {
        for type in MediaType.accepted(accept) {
            if let form = form(type), !isPlain || form == .objects { return (type, form) }
        }
        return nil
    }

    private static func form(_ type: MediaType) -> AnswerForm? {
        if type.name == yaml { return type["as"] == nil ? .objects : nil }
        guard ["application/json", "application/*", "*/*"].contains(type.name) else { return nil }
        guard let kind = type["as"] else { return .objects }
        guard type["g"] == "meta.k8s.io", let version = type["v"], ["v1", "v1beta1"].contains(version) else {
            return nil
        }
        return switch kind {
        case "Table": .table(version: version)
        case "PartialObjectMetadata": .metadata
        case "PartialObjectMetadataList": .metadataList
        default: nil
        }
    }
}
