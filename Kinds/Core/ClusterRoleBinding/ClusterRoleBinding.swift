// SPDX-License-Identifier: Apache-2.0

import Access
import Resources
import Schemas

/// Gives a ClusterRole to users, groups and service accounts in the whole organization.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
enum ClusterRoleBinding {
    static let type = RBACShapes.type("ClusterRoleBinding", plural: "clusterrolebindings", isNamespaced: false)

    /// `reviewer` knows what the writer has, so that nobody binds a role that gives more.
    static func kind(reviewer: any RuleReviewer) -> Kind {
        RBACShapes.kind(
            "ClusterRoleBinding", plural: "clusterrolebindings", isNamespaced: false, schema: schema,
            columns: RBACShapes.bindingColumns,
            issues: { new, old in RBACIssues.binding(new, old, isNamespaced: false) },
            admission: RBACAdmission(reviewer: reviewer).binding)
    }
}
