// SPDX-License-Identifier: Apache-2.0

package import Resources

/// What somebody wants to do, in the words of RBAC.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/authorization/#review-your-request-attributes
package struct AccessRequest: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        /// `name` is absent for lists, watches, creations and collections; `subresource` for the object itself.
        case resource(GroupResource, subresource: String?, namespace: String, name: String?)
        /// `/healthz`, `/openapi/v3`: anything that is no resource.
        case path(String)
    }

    package var user: UserInfo
    /// Where: one organization, the provider's root, or the wildcard.
    package var organizations: Scope.Organizations
    /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, or a special one such as `escalate`.
    package var verb: String
    package var target: Target

    package init(user: UserInfo, organizations: Scope.Organizations, verb: String, target: Target) {
        self.user = user
        self.organizations = organizations
        self.verb = verb
        self.target = target
    }
}

/// The answer to an access request, with its reason.
package struct AccessDecision: Hashable, Sendable {
    package var isAllowed: Bool
    /// Which rule allowed it, or why none did; for the audit record and the reviews.
    package var reason: String

    package init(isAllowed: Bool, reason: String = "") {
        self.isAllowed = isAllowed
        self.reason = reason
    }
}

/// Decides; knows the rules of all organizations as they are now.
package protocol Authorizer: Sendable {
    func decide(_ request: AccessRequest) async -> AccessDecision
}

/// An authorizer that can also tell all that somebody may do: for reviews of rules and against escalation.
package protocol RuleReviewer: Authorizer {
    /// Every rule that a user has there, the cluster-wide ones included; empty where the user may not enter.
    func rules(for user: UserInfo, in organizations: Scope.Organizations, namespace: String) async -> [PolicyRule]
}
