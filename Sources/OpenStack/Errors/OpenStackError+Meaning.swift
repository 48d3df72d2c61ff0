// SPDX-License-Identifier: Apache-2.0

import RESTClient

/// The one place that decides what a failure means: whether trying again can help, and whether it may have worked.
extension OpenStackError {
    /// Whether the same call may succeed later without anybody changing what was asked for.
    package var isTransient: Bool {
        switch code {
        // A quota is raised or freed, what is in use or busy becomes free, a credential is renewed, a service returns.
        case .quotaExceeded, .conflict, .unauthorized, .throttled, .serviceFailed, .unreachable, .lost,
            .unexpectedAnswer, .unknownSite:
            true
        default: false
        }
    }

    /// Whether the call may have taken effect although it failed.
    ///
    /// A second DELETE does no harm, so only calls that are not idempotent can leave a doubt.
    package var isAmbiguous: Bool {
        guard !isIdempotent else { return false }
        return code == .lost || code == .serviceFailed || code == .unexpectedAnswer
    }

    /// No answer came.
    init(_ error: RESTError, _ call: Call) {
        let code: Code =
            switch error.code {
            case .notSent, .circuitOpen: .unreachable
            case .lost, .tooLarge: .lost
            }
        self.init(code, call, said: error.message)
    }

    /// An answer came, and it is a no.
    init(_ answer: RESTResponse, _ call: Call) {
        let words = ServiceWords(answer.body, hiding: call.secrets)
        self.init(
            Self.code(status: answer.status, words: words), call, status: answer.status, said: words.text,
            type: words.type, requestID: answer.requestID, retryAfter: answer.retryAfter)
    }

    private static func code(status: Int, words: ServiceWords) -> Code {
        switch status {
        case 403, 409, 413: if words.speakOfQuota { return .quotaExceeded }
        default: break
        }
        return switch status {
        case 401: .unauthorized
        case 403: .forbidden
        case 404: .notFound
        case 406: .unsupported
        case 409: .conflict
        case 413, 429: .throttled
        case 400..<500: .invalid
        case 500...: .serviceFailed
        default: .unexpectedAnswer
        }
    }
}
