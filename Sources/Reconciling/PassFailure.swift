// SPDX-License-Identifier: Apache-2.0

package import Resources

/// An error as a pass sees it, whatever threw it.
package struct PassFailure: Error, Sendable {
    package let isAmbiguous: Bool
    package let rejection: Rejection?
    /// What keeps a call from working until it is retried; absent when nothing better than the message is known.
    package let diagnosis: Rejection?
    /// The native ids that were not found, which a second look must confirm.
    package let missing: [String]
    package let retryAfter: Duration?
    /// Whether it says something of the world.
    package let isNews: Bool
    /// Safe to show: never the text of an error that we do not know.
    package let message: String

    /// An error that is no `PassError` may have had an effect, and its text may hold a secret.
    package init(_ error: any Error) {
        guard let error = error as? any PassError else {
            isAmbiguous = true
            rejection = nil
            diagnosis = nil
            missing = []
            retryAfter = nil
            isNews = true
            message = "an unexpected error of type \(type(of: error))"
            return
        }
        isAmbiguous = error.isAmbiguous
        rejection = error.rejection
        diagnosis = error.diagnosis
        missing = (error as? Missing)?.ids ?? []
        retryAfter = error.retryAfter
        isNews = error.isNews
        message = error.message
    }
}

/// Things that one look did not find by their native ids; gone is what a second look does not find either.
package struct Missing: PassError, Hashable {
    package let ids: [String]

    package init(_ ids: [String]) { self.ids = ids }

    package var isAmbiguous: Bool { false }
    package var rejection: Rejection? { nil }
    package var retryAfter: Duration? { .seconds(2) }
    package var message: String { "\(ids.joined(separator: ", ")) cannot be found; looking once more" }
}

/// What our own API server's answers mean for a pass that reads or writes objects.
extension APIError: PassError {
    package var isAmbiguous: Bool { reason.code >= 500 }

    package var rejection: Rejection? {
        switch reason {
        case .invalid, .badRequest, .requestEntityTooLarge:
            Rejection(reason: reason.text, message: message, fixer: .you)
        case .forbidden: Rejection(reason: reason.text, message: message, fixer: .yourAdmin)
        default: nil
        }
    }

    package var retryAfter: Duration? { details.retryAfterSeconds.map { .seconds($0) } }
}
