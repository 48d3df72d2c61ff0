// SPDX-License-Identifier: Apache-2.0

/// What an API user is told when a request fails; on the wire a `Status`.
///
/// Reasons and their codes: https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/types.go
package struct APIError: Error, Sendable {
    /// Extensible on the wire, so a struct of constants and not an enum.
    package struct Reason: Hashable, Sendable {
        package let text: String
        /// The HTTP status code that goes with it.
        package let code: Int

        package init(_ text: String, code: Int) {
            self.text = text
            self.code = code
        }

        package static let badRequest = Reason("BadRequest", code: 400)
        package static let unauthorized = Reason("Unauthorized", code: 401)
        package static let forbidden = Reason("Forbidden", code: 403)
        package static let notFound = Reason("NotFound", code: 404)
        package static let methodNotAllowed = Reason("MethodNotAllowed", code: 405)
        package static let notAcceptable = Reason("NotAcceptable", code: 406)
        package static let alreadyExists = Reason("AlreadyExists", code: 409)
        package static let conflict = Reason("Conflict", code: 409)
        package static let gone = Reason("Gone", code: 410)
        package static let expired = Reason("Expired", code: 410)
        package static let requestEntityTooLarge = Reason("RequestEntityTooLarge", code: 413)
        package static let unsupportedMediaType = Reason("UnsupportedMediaType", code: 415)
        package static let invalid = Reason("Invalid", code: 422)
        package static let tooManyRequests = Reason("TooManyRequests", code: 429)
        package static let internalError = Reason("InternalError", code: 500)
        package static let serviceUnavailable = Reason("ServiceUnavailable", code: 503)
        package static let timeout = Reason("Timeout", code: 504)
        package static let serverTimeout = Reason("ServerTimeout", code: 500)
    }

    /// What the error is about; `kind` is the plural in most of upstream's answers.
    package struct Details: Hashable, Sendable {
        package var name: String?
        package var group: String?
        package var kind: String?
        package var uid: String?
        package var retryAfterSeconds: Int?
        /// Where a list may go on whose own token is too old, at the price of showing two moments; stands in `metadata`.
        package var continueToken: String?

        package init(
            name: String? = nil, group: String? = nil, kind: String? = nil, uid: String? = nil,
            retryAfterSeconds: Int? = nil, continueToken: String? = nil
        ) {
            self.name = name
            self.group = group
            self.kind = kind
            self.uid = uid
            self.retryAfterSeconds = retryAfterSeconds
            self.continueToken = continueToken
        }
    }

    package let reason: Reason
    package let message: String
    package let details: Details
    package let causes: [FieldIssue]
    /// For the operator's log only; never sent.
    package let underlying: (any Error)?

    package init(
        _ reason: Reason, _ message: String, details: Details = Details(), causes: [FieldIssue] = [],
        underlying: (any Error)? = nil
    ) {
        self.reason = reason
        self.message = message
        self.details = details
        self.causes = causes
        self.underlying = underlying
    }
}

extension APIError: CustomStringConvertible {
    package var description: String { "\(reason.text): \(message)" }
}
