// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSONTree
import Resources
import Schemas
import Serving
import Stores

extension Response {
    static func json(_ tree: JSON, status: Int = 200) -> Response {
        json(.bytes(tree.bytes), status: status)
    }

    static func json(_ body: Body, status: Int = 200, warnings: [String] = []) -> Response {
        let headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-cache, private"]
        var response = Response(status: .init(code: status), headers: headers, body: body)
        for warning in warnings.prefix(64) { response.warn(warning) }
        return response
    }

    /// Adds a `Warning` header, which kubectl shows to its user.
    mutating func warn(_ warning: String) {
        let text = warning.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").filter { !$0.isNewline }
        headers.append(HTTPField(name: .warning, value: "299 - \"\(text)\""))
    }

    static func text(_ text: String, status: Int = 200) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/plain; charset=utf-8", .cacheControl: "no-cache, private",
            .xContentTypeOptions: "nosniff",
        ]
        return Response(status: .init(code: status), headers: headers, body: .bytes(Array(text.utf8)))
    }

    /// The same, and compressed when it is large and the client reads gzip.
    var compressible: Response {
        var response = self
        response.mayBeCompressed = true
        return response
    }

    static let pageNotFound = Response.text("404 page not found\n", status: 404)

    static func error(_ error: APIError) -> Response {
        var response = json(error.tree, status: error.reason.code)
        if let seconds = error.details.retryAfterSeconds { response.headers[.retryAfter] = String(seconds) }
        if error.reason == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer realm=\"scs\"" }
        return response
    }

    /// What a deletion that is done answers.
    static func deleted(_ target: Target, uid: String?) -> Response {
        let details = target.details(target.name)
        var tree: JSON = ["name": .string(details.name ?? "")]
        if let group = details.group { tree["group"] = .string(group) }
        tree["kind"] = .string(target.kind.names.plural)
        if let uid { tree["uid"] = .string(uid) }
        return json([
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": tree,
        ])
    }
}

extension APIError {
    /// Any error as one of the API: what was not meant for the user stays in `underlying`.
    init(_ error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let error as StoreError: self.init(store: error)
        case is CancellationError:
            self.init(.serviceUnavailable, "the server is shutting down", details: .init(retryAfterSeconds: 1))
        default: self.init(.internalError, "an internal error occurred; the operator's log has it", underlying: error)
        }
    }

    private init(store error: StoreError) {
        switch error {
        case .expired(let oldest):
            self.init(.expired, "the requested history is forgotten; it begins at \(oldest.value)", underlying: error)
        case .unavailable:
            self.init(
                .serviceUnavailable, "the store does not answer now; try again later",
                details: .init(retryAfterSeconds: 5), underlying: error)
        default: self.init(.internalError, "an internal error occurred; the operator's log has it", underlying: error)
        }
    }
}

extension HTTPField.Name {
    static var auditID: HTTPField.Name { known("Audit-Id") }
    static var warning: HTTPField.Name { known("Warning") }

    private static func known(_ name: String) -> HTTPField.Name {
        guard let known = HTTPField.Name(name) else { preconditionFailure("\(name) is a valid header name") }
        return known
    }
}
