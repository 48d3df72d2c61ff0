// SPDX-License-Identifier: Apache-2.0

import Access
import Resources
import Schemas

/// What may be done in the whole organization, or in a namespace that binds it.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole
enum ClusterRole {
    static let type = RBACShapes.type("ClusterRole", plural: "clusterroles", isNamespaced: false)

    /// `reviewer` knows what the writer has, so that nobody writes a role with more.
    static func kind(reviewer: any RuleReviewer) -> Kind {
        RBACShapes.kind(
            "ClusterRole", plural: "clusterroles", isNamespaced: false, schema: schema,
            issues: { new, _ in
                RBACIssues.rules(of: new, isNamespaced: false) + RBACIssues.aggregation(of: new)
            },
            admission: RBACAdmission(reviewer: reviewer).role)
    }
}
