// SPDX-License-Identifier: Apache-2.0

// The errors that most requests end with, with upstream's exact words, because clients look for them:
// https://github.com/kubernetes/apimachinery/blob/master/pkg/api/errors/errors.go

extension APIError {
    /// `virtualmachines.compute.scs.community "web" not found`.
    package static func notFound(_ resource: GroupResource, name: String) -> APIError {
        APIError(.notFound, #"\#(resource.text) "\#(name)" not found"#, details: Details(resource, name: name))
    }

    /// For a path that leads nowhere.
    package static let noSuchResource = APIError(.notFound, "the server could not find the requested resource")

    /// `virtualmachines.compute.scs.community "web" already exists`.
    package static func alreadyExists(_ resource: GroupResource, name: String) -> APIError {
        APIError(
            .alreadyExists, #"\#(resource.text) "\#(name)" already exists"#, details: Details(resource, name: name))
    }

    /// `Operation cannot be fulfilled on …`; without another reason: somebody else was faster.
    package static func conflict(
        _ resource: GroupResource, name: String,
        because reason: String =
            "the object has been modified; please apply your changes to the latest version and try again"
    ) -> APIError {
        APIError(
            .conflict, #"Operation cannot be fulfilled on \#(resource.text) "\#(name)": \#(reason)"#,
            details: Details(resource, name: name))
    }

    /// `VirtualMachine.compute.scs.community "web" is invalid: [spec.a: Required value, spec.b: …]`.
    ///
    /// Upstream names the kind here, and the plural where an update is refused.
    package static func invalid(group: String, kind: String, name: String, _ issues: [FieldIssue]) -> APIError {
        let resource = GroupResource(group: group, resource: kind)
        var texts: [String] = []
        for issue in issues where !texts.contains(issue.text) { texts.append(issue.text) }
        let list = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
        return APIError(
            .invalid, #"\#(resource.text) "\#(name)" is invalid: \#(list)"#, details: Details(resource, name: name),
            causes: issues)
    }

    /// `virtualmachines.compute.scs.community "web" is forbidden: …`; an empty name is left out.
    package static func forbidden(
        _ resource: GroupResource, name: String = "", because reason: String, causes: [FieldIssue] = []
    ) -> APIError {
        let object = name.isEmpty ? resource.text : #"\#(resource.text) "\#(name)""#
        return APIError(
            .forbidden, "\(object) is forbidden: \(reason)", details: Details(resource, name: name), causes: causes)
    }

    /// What a user hears who has no right to a resource: `User "bob" cannot get resource …`.
    package static func forbidden(
        _ user: UserInfo, verb: String, _ resource: GroupResource, subresource: String = "", namespace: String = "",
        name: String = ""
    ) -> APIError {
        let word = subresource.isEmpty ? resource.resource : "\(resource.resource)/\(subresource)"
        let place = namespace.isEmpty ? "at the cluster scope" : #"in the namespace "\#(namespace)""#
        let reason =
            #"User "\#(user.name)" cannot \#(verb) resource "\#(word)" in API group "\#(resource.group)" \#(place)"#
        return forbidden(resource, name: name, because: reason)
    }

    /// What a user hears who has no right to a path that is no resource.
    package static func forbidden(_ user: UserInfo, verb: String, path: String) -> APIError {
        APIError(.forbidden, #"forbidden: User "\#(user.name)" cannot \#(verb) path "\#(path)""#)
    }

    /// Nobody knows who asks; says no more, so that nobody learns why.
    package static let unauthorized = APIError(.unauthorized, "Unauthorized")

    /// The request makes no sense, whatever the objects.
    package static func badRequest(_ message: String) -> APIError { APIError(.badRequest, message) }

    /// `create is not supported on resources of kind "virtualmachines.compute.scs.community"`.
    package static func methodNotSupported(_ verb: String, _ resource: GroupResource) -> APIError {
        APIError(
            .methodNotAllowed, #"\#(verb) is not supported on resources of kind "\#(resource.text)""#,
            details: Details(resource))
    }

    /// For a method that no resource has at this path.
    package static let methodNotAllowed = APIError(
        .methodNotAllowed, "the server does not allow this method on the requested resource")

    /// A continue token or a revision to watch from is older than the history.
    package static func expired(_ message: String) -> APIError { APIError(.expired, message) }

    /// A watch or a list asks for what is compacted: `too old resource version: 5 (10)`.
    package static func tooOld(revision: Int64, oldest: Int64) -> APIError {
        expired("too old resource version: \(revision) (\(oldest))")
    }

    /// A read asked for a revision that is not reached yet.
    package static func tooNew(revision: Int64, current: Int64) -> APIError {
        APIError(
            .timeout, "Timeout: Too large resource version: \(revision), current: \(current)",
            details: Details(retryAfterSeconds: 1),
            causes: [
                FieldIssue(path: "", reason: .init("ResourceVersionTooLarge"), message: "Too large resource version")
            ])
    }

    /// The body is of a type that this server does not read.
    package static func unsupportedMediaType(accepted: [String]) -> APIError {
        let list = accepted.joined(separator: ", ")
        return APIError(
            .unsupportedMediaType,
            "the body of the request was in an unknown format - accepted media types include: \(list)")
    }

    /// The client accepts no type that this server writes.
    package static func notAcceptable(accepted: [String]) -> APIError {
        APIError(.notAcceptable, "only the following media types are accepted: \(accepted.joined(separator: ", "))")
    }

    /// The body is longer than the limit, in bytes.
    package static func tooLarge(limit: Int) -> APIError {
        APIError(.requestEntityTooLarge, "Request entity too large: limit is \(limit)")
    }

    /// Come back after some seconds.
    package static func tooManyRequests(_ message: String, retryAfterSeconds: Int = 1) -> APIError {
        APIError(.tooManyRequests, message, details: Details(retryAfterSeconds: retryAfterSeconds))
    }

    /// Something here is broken; the user hears no more than the words given, the log also hears the cause.
    package static func internalError(_ message: String, underlying: (any Error)? = nil) -> APIError {
        APIError(.internalError, "Internal error occurred: \(message)", underlying: underlying)
    }
}

extension APIError.Details {
    /// The plural stands in `kind`, as upstream has it.
    package init(_ resource: GroupResource, name: String = "") {
        self.init(
            name: name.isEmpty ? nil : name, group: resource.group.isEmpty ? nil : resource.group,
            kind: resource.resource)
    }
}
