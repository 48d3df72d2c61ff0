// SPDX-License-Identifier: Apache-2.0

package import Access
package import Login
package import Resources
package import Schemas

/// The kinds that every Kubernetes API has, as far as a control plane without pods needs them.
package enum CoreKinds {
    /// What these kinds ask of the house.
    package struct Services: Sendable {
        /// Decides for the access reviews, and against escalation.
        package var reviewer: any RuleReviewer
        /// Issues the tokens of service accounts.
        package var tokens: ServiceAccountTokens

        package init(reviewer: any RuleReviewer, tokens: ServiceAccountTokens) {
            self.reviewer = reviewer
            self.tokens = tokens
        }
    }

    /// All of them, by group.
    package static func all(_ services: Services) -> [Kind] {
        [
            Namespace.kind, Secret.kind, ConfigMap.kind, Event.kind, ServiceAccount.kind(tokens: services.tokens),
            Lease.kind,
            Role.kind(reviewer: services.reviewer), RoleBinding.kind(reviewer: services.reviewer),
            ClusterRole.kind(reviewer: services.reviewer), ClusterRoleBinding.kind(reviewer: services.reviewer),
            SelfSubjectAccessReview.kind(reviewer: services.reviewer),
            SubjectAccessReview.kind(reviewer: services.reviewer),
            LocalSubjectAccessReview.kind(reviewer: services.reviewer),
            SelfSubjectRulesReview.kind(reviewer: services.reviewer),
            SelfSubjectReview.kind, TokenReview.kind(tokens: services.tokens),
        ]
    }

    /// The kind that namespaces are, for whoever must know whether one exists.
    package static let namespaceType = Namespace.type
    /// The kind that keeps secrets, for whoever reads one that another object names.
    package static let secretType = Secret.type
    /// The kind that keeps service accounts, for whoever checks that a token's account still exists.
    package static let serviceAccountType = ServiceAccount.type
}
