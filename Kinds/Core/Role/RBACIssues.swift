// SPDX-License-Identifier: Apache-2.0

import Access
import JSONTree
import Resources

/// What is wrong with roles and bindings beyond their schema.
///
/// As upstream: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/validation/validation.go
enum RBACIssues {
    /// A rule is about resources or about paths; only a ClusterRole may have the latter.
    static func rules(of role: Object, isNamespaced: Bool) -> [FieldIssue] {
        let rules = role.tree["rules"]?.array?.map(PolicyRule.init(tree:)) ?? []
        return rules.enumerated().flatMap { index, rule in
            issues(in: rule, at: "rules[\(index)]", isNamespaced: isNamespaced)
        }
    }

    /// An aggregation rule selects something, and says how.
    static func aggregation(of role: Object) -> [FieldIssue] {
        guard let rule = role.tree["aggregationRule"], rule != .null else { return [] }
        let path = "aggregationRule.clusterRoleSelectors"
        let selectors = rule["clusterRoleSelectors"]?.array ?? []
        guard !selectors.isEmpty else {
            let why = "at least one clusterRoleSelector required if aggregationRule is non-nil"
            return [FieldIssue(path: path, reason: .required, message: why)]
        }
        return selectors.enumerated().compactMap { index, selector in
            do throws(InvalidSelector) { _ = try LabelSelector(tree: selector) } catch {
                return FieldIssue(path: "\(path)[\(index)]", message: "\(error)")
            }
            return nil
        }
    }

    private static func issues(in rule: PolicyRule, at path: String, isNamespaced: Bool) -> [FieldIssue] {
        func required(_ field: String, _ why: String) -> FieldIssue {
            FieldIssue(path: "\(path).\(field)", reason: .required, message: why)
        }
        var issues: [FieldIssue] = []
        if rule.verbs.isEmpty { issues.append(required("verbs", "verbs must contain at least one value")) }
        guard rule.nonResourceURLs.isEmpty else {
            let isMixed = !rule.apiGroups.isEmpty || !rule.resources.isEmpty || !rule.resourceNames.isEmpty
            if isNamespaced || isMixed {
                issues.append(
                    FieldIssue(
                        path: "\(path).nonResourceURLs",
                        message: isNamespaced
                            ? "namespaced rules cannot apply to non-resource URLs"
                            : "rules cannot apply to both regular resources and non-resource URLs"))
            }
            return issues
        }
        if rule.apiGroups.isEmpty {
            issues.append(required("apiGroups", "resource rules must supply at least one api group"))
        }
        if rule.resources.isEmpty {
            issues.append(required("resources", "resource rules must supply at least one resource"))
        }
        return issues
    }

    /// Subjects must be complete, and the role of a binding never changes.
    static func binding(_ new: Object, _ old: Object?, isNamespaced: Bool) -> [FieldIssue] {
        let subjects = new.tree["subjects"]?.array ?? []
        var issues = subjects.enumerated().flatMap { index, subject in
            subjectIssues(subject, at: "subjects[\(index)]", isNamespaced: isNamespaced)
        }
        if new.tree["roleRef"] == nil {
            issues.append(FieldIssue(path: "roleRef", reason: .required, message: "must name a role"))
        }
        if !isNamespaced, new.tree["roleRef"]?["kind"]?.string == "Role" {
            issues.append(
                FieldIssue(
                    path: "roleRef.kind", reason: .notSupported,
                    message: "must be ClusterRole, as a Role stands in one namespace only"))
        }
        if let old, RoleBinding.RoleReference(tree: old.tree["roleRef"]) != .init(tree: new.tree["roleRef"]) {
            issues.append(
                FieldIssue(path: "roleRef", value: new.tree["roleRef"], message: "cannot change roleRef"))
        }
        return issues
    }

    private static func subjectIssues(_ subject: JSON, at path: String, isNamespaced: Bool) -> [FieldIssue] {
        let group = subject["apiGroup"]?.string ?? ""
        let isServiceAccount = subject["kind"]?.string == "ServiceAccount"
        var issues: [FieldIssue] = []
        if isServiceAccount ? !group.isEmpty : !(group.isEmpty || group == rbacGroup) {
            issues.append(
                FieldIssue(
                    path: "\(path).apiGroup", reason: .notSupported,
                    message: isServiceAccount ? "must be empty for a ServiceAccount" : "must be \(rbacGroup)"))
        }
        if isServiceAccount, !isNamespaced, (subject["namespace"]?.string ?? "").isEmpty {
            issues.append(
                FieldIssue(
                    path: "\(path).namespace", reason: .required, message: "is required for a ServiceAccount"))
        }
        return issues
    }

    private typealias RoleBinding = Access.RoleBinding
}
