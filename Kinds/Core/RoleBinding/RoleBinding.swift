// SPDX-License-Identifier: Apache-2.0

import Access
import Resources
import Schemas

/// Gives a role to users, groups and service accounts in one namespace.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
enum RoleBinding {
    static let type = RBACShapes.type("RoleBinding", plural: "rolebindings", isNamespaced: true)

    /// `reviewer` knows what the writer has, so that nobody binds a role that gives more.
    static func kind(reviewer: any RuleReviewer) -> Kind {
        RBACShapes.kind(
            "RoleBinding", plural: "rolebindings", isNamespaced: true, schema: schema,
            columns: RBACShapes.bindingColumns,
            issues: { new, old in RBACIssues.binding(new, old, isNamespaced: true) },
            admission: RBACAdmission(reviewer: reviewer).binding)
    }
}
