// SPDX-License-Identifier: Apache-2.0

import Access
import Schemas

/// Asks whether oneself may do something, as `kubectl auth can-i` does.
enum SelfSubjectAccessReview {
    /// `reviewer` decides.
    static func kind(reviewer: any RuleReviewer) -> Kind {
        Reviews.kind(
            "SelfSubjectAccessReview", group: Reviews.authorizationGroup, spec: spec,
            status: status
        ) { request in
            try await AccessQuestion(request.object, about: request.user).answer(by: reviewer)
        }
    }
}
