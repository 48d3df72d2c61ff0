// SPDX-License-Identifier: Apache-2.0

package import Access
import Clients
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
        /// Those of people, for reviews.
        package var issuers: [any TokenAuthenticator]
        /// Seconds since 1970.
        package var now: @Sendable () -> Int64

        package init(
            reviewer: any RuleReviewer, tokens: ServiceAccountTokens, issuers: [any TokenAuthenticator] = [],
            now: @escaping @Sendable () -> Int64 = Timekeeper.system.wall
        ) {
            self.reviewer = reviewer
            self.tokens = tokens
            self.issuers = issuers
            self.now = now
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
            SelfSubjectReview.kind, TokenReview.kind(tokens: [services.tokens] + services.issuers),
            CustomResourceDefinition.kind(now: services.now),
            MutatingWebhookConfiguration.kind, ValidatingWebhookConfiguration.kind,
        ]
    }

    /// The kind that namespaces are, for whoever must know whether one exists.
    package static let namespaceType = Namespace.type
    /// The kind whose objects make further kinds, for whoever reads them before anything is served.
    package static let definitionType = CustomResourceDefinition.type
    /// The kinds that say which webhooks are asked about writes.
    package static let mutatingWebhooksType = MutatingWebhookConfiguration.kind.type
    package static let validatingWebhooksType = ValidatingWebhookConfiguration.kind.type
    /// The kind that keeps secrets, for whoever reads one that another object names.
    package static let secretType = Secret.type
    /// The kind that keeps service accounts, for whoever checks that a token's account still exists.
    package static let serviceAccountType = ServiceAccount.type
}
