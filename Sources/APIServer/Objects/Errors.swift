// SPDX-License-Identifier: Apache-2.0

import Resources
import Schemas
import Stores

/// The errors about one target, worded as clients know them.
extension Target {
    func details(_ name: String? = nil) -> APIError.Details {
        .init(kind.groupResource, name: name ?? "")
    }

    func notFound(_ name: String) -> APIError { .notFound(kind.groupResource, name: name.shortened) }

    func exists(_ name: String, isDeleting: Bool) -> APIError {
        let error = APIError.alreadyExists(kind.groupResource, name: name)
        return isDeleting
            ? APIError(error.reason, "object is being deleted: \(error.message)", details: error.details) : error
    }

    func conflict(_ name: String) -> APIError { .conflict(kind.groupResource, name: name) }

    func preconditionFailed(_ name: String, _ why: String) -> APIError {
        .conflict(kind.groupResource, name: name, because: why)
    }

    /// A precondition of a deletion that does not hold; upstream names the kind here.
    func deletionRefused(_ name: String, _ why: String) -> APIError {
        .conflict(GroupResource(group: kind.group, resource: kind.names.kind), name: name, because: why)
    }

    /// What a user hears who may not do it.
    func forbidden(_ verb: String, to user: UserInfo) -> APIError {
        .forbidden(
            user, verb: verb, kind.groupResource, subresource: (subresource ?? "").shortened,
            namespace: (namespace ?? "").shortened, name: (name ?? "").shortened)
    }

    func forbidden(because reason: String) -> APIError {
        .forbidden(kind.groupResource, name: (name ?? "").shortened, because: reason)
    }

    func namespaceTerminating(_ namespace: String, creating name: String) -> APIError {
        .forbidden(
            kind.groupResource, name: name.shortened,
            because: "unable to create new content in namespace \(namespace) because it is being terminated",
            causes: [
                FieldIssue(
                    path: "metadata.namespace", reason: .init("NamespaceTerminating"),
                    message: "namespace \(namespace) is being terminated")
            ])
    }

    /// All that is wrong with an object.
    func invalid(_ issues: [FieldIssue], name: String) -> APIError {
        .invalid(group: kind.group, kind: kind.names.kind, name: name.shortened, issues)
    }

    /// For a body that is no object of the kind at all; says nothing of what it holds.
    func unrecognized(_ why: String) -> APIError {
        .badRequest("the object provided is unrecognized (must be of type \(kind.names.kind)): \(why)")
    }
}

extension APIError {
    /// A query parameter or an options object that cannot be.
    static func option(_ kind: String, _ field: String, _ reason: FieldIssue.Reason, _ message: String) -> APIError {
        .invalid(
            group: "meta.k8s.io", kind: kind, name: "", [FieldIssue(path: field, reason: reason, message: message)])
    }

    /// Throws `invalid` when anything is wrong with options of that kind.
    static func check(_ kind: String, _ issues: [FieldIssue]) throws(APIError) {
        guard issues.isEmpty else { throw .invalid(group: "meta.k8s.io", kind: kind, name: "", issues) }
    }

    static func namespaceNotFound(_ namespace: String) -> APIError {
        .notFound(GroupResource(group: "", resource: ResourceRequest.namespaces), name: namespace.shortened)
    }
}
