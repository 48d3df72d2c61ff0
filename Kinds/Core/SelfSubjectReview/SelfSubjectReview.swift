// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Schemas

/// Asks who oneself is, as `kubectl auth whoami` does.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/self-subject-review-v1/
enum SelfSubjectReview {
    static let kind = Reviews.kind(
        "SelfSubjectReview", group: Reviews.authenticationGroup, spec: nil,
        status: status
    ) { ["userInfo": Reviews.tree($0.user)] }
}
