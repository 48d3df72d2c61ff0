// SPDX-License-Identifier: Apache-2.0

package import Reconciling

/// Something that a kind finds out for itself and that no retry can change.
package struct Refusal: PassError {
    package let reason: String
    package let message: String
    package let fixer: Rejection.Fixer

    package init(reason: String, message: String, fixer: Rejection.Fixer) {
        self.reason = reason
        self.message = message
        self.fixer = fixer
    }

    package var isAmbiguous: Bool { false }
    package var rejection: Rejection? { Rejection(reason: reason, message: message, fixer: fixer) }
    package var retryAfter: Duration? { nil }
}

extension Refusal {
    /// What was to be taken over is not there.
    package static func importNotFound(_ id: String) -> Refusal {
        Refusal(
            reason: "ImportNotFound",
            message:
                "there is no \(id) in the project at the site; correct the annotation \(PassInput.importAnnotation)",
            fixer: .you)
    }

    /// What was to be taken over is another object's.
    package static func importTaken(_ id: String, by owner: String) -> Refusal {
        Refusal(
            reason: "ImportTaken",
            message: "\(id) belongs to \(owner); delete that object first, or import another thing",
            fixer: .you)
    }
}
