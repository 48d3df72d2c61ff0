// SPDX-License-Identifier: Apache-2.0

import Access
import Resources
import Synchronization

/// Stands for the authorizer until it is there: kinds and the engine need one to be made, and it is made of both.
final class LateReviewer: RuleReviewer {
    private let reviewer = Mutex<(any RuleReviewer)?>(nil)

    func bind(_ reviewer: any RuleReviewer) { self.reviewer.withLock { $0 = reviewer } }

    func decide(_ request: AccessRequest) async -> AccessDecision {
        guard let reviewer = reviewer.withLock({ $0 }) else {
            return AccessDecision(isAllowed: false, reason: "the server is starting")
        }
        return await reviewer.decide(request)
    }

    func rules(for user: UserInfo, in organizations: Scope.Organizations, namespace: String) async -> [PolicyRule] {
        await reviewer.withLock { $0 }?.rules(for: user, in: organizations, namespace: namespace) ?? []
    }
}
