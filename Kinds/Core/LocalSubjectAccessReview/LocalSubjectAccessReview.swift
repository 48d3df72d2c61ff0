// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Resources
import Schemas

/// Asks whether somebody may do something in the review's namespace, so that a namespace's admin may ask it.
enum LocalSubjectAccessReview {
    /// `reviewer` decides.
    static func kind(reviewer: any RuleReviewer) -> Kind {
        Reviews.kind(
            "LocalSubjectAccessReview", group: Reviews.authorizationGroup, isNamespaced: true,
            spec: spec, status: status
        ) { request in
            let namespace = request.object.metadata.namespace
            let asked = request.object.spec?["resourceAttributes"]?["namespace"]?.string ?? ""
            guard asked == namespace else {
                throw Reviews.refusal(
                    request.object, "spec.resourceAttributes.namespace", "must be the review's own, \(namespace)")
            }
            let subject = try AccessQuestion.subject(of: request.object)
            return try await AccessQuestion(request.object, about: subject).answer(by: reviewer)
        }
    }
}
