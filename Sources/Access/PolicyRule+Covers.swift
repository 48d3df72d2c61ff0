// SPDX-License-Identifier: Apache-2.0

extension [PolicyRule] {
    /// The part of other rules that these do not grant; empty when nobody would gain anything by getting the others.
    ///
    /// Each rule is broken into its single permissions, so that several rules here may cover one there together.
    /// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
    package func uncovered(of others: [PolicyRule]) -> [PolicyRule] {
        others.flatMap { rule in
            let missing = rule.permissions.filter { permission in !contains { $0.covers(permission) } }
            // A rule that is missing as a whole is told as it was written.
            return missing.count == rule.permissions.count && !missing.isEmpty ? [rule] : missing
        }
    }

    /// Whether these rules grant everything that the others do.
    package func covers(_ others: [PolicyRule]) -> Bool {
        others.allSatisfy { rule in rule.permissions.allSatisfy { permission in contains { $0.covers(permission) } } }
    }
}

extension PolicyRule {
    /// Rules of one verb on one thing each, which together mean the same.
    var permissions: [PolicyRule] {
        verbs.flatMap { verb in
            apiGroups.flatMap { group in
                resources.flatMap { resource in
                    let names = resourceNames.isEmpty ? [[]] : resourceNames.map { [$0] }
                    return names.map {
                        PolicyRule(verbs: [verb], apiGroups: [group], resources: [resource], resourceNames: $0)
                    }
                }
            } + nonResourceURLs.map { PolicyRule(verbs: [verb], nonResourceURLs: [$0]) }
        }
    }

    /// Whether this rule grants a single permission.
    fileprivate func covers(_ permission: PolicyRule) -> Bool {
        guard permission.verbs.allSatisfy({ Self.matches(verbs, $0) }) else { return false }
        if let path = permission.nonResourceURLs.first {
            return nonResourceURLs.contains { Self.pathMatches($0, path) }
        }
        return permission.apiGroups.allSatisfy { Self.matches(apiGroups, $0) }
            && permission.resources.allSatisfy(coversResource)
            && (resourceNames.isEmpty
                || !permission.resourceNames.isEmpty && permission.resourceNames.allSatisfy(resourceNames.contains))
    }

    private func coversResource(_ asked: String) -> Bool {
        let parts = asked.split(separator: "/", maxSplits: 1).map(String.init)
        guard let resource = parts.first else { return false }
        return resources.contains {
            $0 == asked || Self.resourceMatches($0, resource, parts.count == 2 ? parts[1] : nil)
        }
    }
}
