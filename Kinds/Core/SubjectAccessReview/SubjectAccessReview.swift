// SPDX-License-Identifier: Apache-2.0

import Access
import Schemas

/// Asks whether somebody of the organization may do something.
enum SubjectAccessReview {
    /// `reviewer` decides.
    static func kind(reviewer: any RuleReviewer) -> Kind {
        Reviews.kind(
            "SubjectAccessReview", group: Reviews.authorizationGroup, spec: spec,
            status: status
        ) { request in
            let subject = try AccessQuestion.subject(of: request.object)
            return try await AccessQuestion(request.object, about: subject).answer(by: reviewer)
        }
    }
}
