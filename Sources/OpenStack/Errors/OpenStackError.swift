// SPDX-License-Identifier: Apache-2.0

import RESTClient

/// A call that failed: what the service said, what it means, and by which id the provider finds it.
package struct OpenStackError: Error, Hashable, Sendable {
    /// What went wrong, as far as somebody may act on it; open, since services grow.
    package struct Code: Hashable, Sendable {
        package let text: String

        package init(_ text: String) { self.text = text }

        /// The service understood and refuses the values.
        package static let invalid = Code("Invalid")
        /// Our credential is not accepted.
        package static let unauthorized = Code("Unauthorized")
        package static let forbidden = Code("Forbidden")
        package static let notFound = Code("NotFound")
        /// It exists already, is in use, or is busy with something else.
        package static let conflict = Code("Conflict")
        package static let quotaExceeded = Code("QuotaExceeded")
        package static let throttled = Code("Throttled")
        /// The service failed: a 5xx.
        package static let serviceFailed = Code("ServiceFailed")
        /// The request never arrived.
        package static let unreachable = Code("Unreachable")
        /// The answer never arrived, or only a part of it.
        package static let lost = Code("AnswerLost")
        /// An answer that we cannot read.
        package static let unexpectedAnswer = Code("UnexpectedAnswer")
        /// The site has no such service, or an older one than we can work with.
        package static let unsupported = Code("Unsupported")
        /// The call itself makes no sense: a fault of ours.
        package static let badCall = Code("BadCall")
        /// The site or project has not been made known to the directory (yet).
        package static let unknownSite = Code("UnknownSite")
    }

    package let code: Code
    package let service: ServiceType?
    package let operation: String
    /// Whether the call may be made twice.
    package let isIdempotent: Bool
    /// HTTP status; absent when there was no answer.
    package let status: Int?
    /// The service's own words, of bounded length and without our secrets.
    package let said: String
    /// The service's name for the error where it has one: `SecurityGroupRuleExists`.
    package let type: String?
    package let requestID: String?
    /// How long the service asked us to wait, or is worth waiting for.
    package let retryAfter: Duration?

    package init(
        _ code: Code, _ call: Call, status: Int? = nil, said: String, type: String? = nil, requestID: String? = nil,
        retryAfter: Duration? = nil
    ) {
        self.code = code
        service = call.service
        operation = call.operation
        isIdempotent = call.isIdempotent
        self.status = status
        self.said = said
        self.type = type
        self.requestID = requestID
        self.retryAfter = retryAfter
    }

    /// An error that came before any call; `retryAfter` where it is known how soon it may have passed.
    package init(_ code: Code, operation: String, said: String, retryAfter: Duration? = nil) {
        self.code = code
        service = nil
        self.operation = operation
        isIdempotent = true
        status = nil
        self.said = said
        type = nil
        requestID = nil
        self.retryAfter = retryAfter
    }
}

extension OpenStackError: CustomStringConvertible {
    /// For a condition: `compute: create server: Quota exceeded for cores (HTTP 403, req-5316ddae)`.
    package var message: String {
        let proof = [status.map { "HTTP \($0)" }, requestID].compactMap { $0 }.joined(separator: ", ")
        let words = [service?.name, operation, said.isEmpty ? code.text : said].compactMap { $0 }
        return words.joined(separator: ": ") + (proof.isEmpty ? "" : " (\(proof))")
    }

    package var description: String { message }
}
