// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Resources
import Schemas

/// Asks for all that oneself may do in a namespace, as `kubectl auth can-i --list` does.
enum SelfSubjectRulesReview {
    /// `reviewer` knows the rules.
    static func kind(reviewer: any RuleReviewer) -> Kind {
        Reviews.kind(
            "SelfSubjectRulesReview", group: Reviews.authorizationGroup, spec: spec, status: status
        ) { request in
            guard let namespace = request.object.spec?["namespace"]?.string, !namespace.isEmpty else {
                throw Reviews.refusal(request.object, "spec.namespace", "must name a namespace")
            }
            let rules = await reviewer.rules(
                for: request.user, in: .one(request.object.organization), namespace: namespace)
            return [
                "resourceRules": .array(rules.filter { $0.nonResourceURLs.isEmpty }.map(\.tree)),
                "nonResourceRules": .array(rules.filter { !$0.nonResourceURLs.isEmpty }.map(\.tree)),
                "incomplete": false,
            ]
        }
    }
}
