// SPDX-License-Identifier: Apache-2.0

import Access
import Resources
import Schemas

/// What may be done in one namespace.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole
enum Role {
    static let type = RBACShapes.type("Role", plural: "roles", isNamespaced: true)

    /// `reviewer` knows what the writer has, so that nobody writes a role with more.
    static func kind(reviewer: any RuleReviewer) -> Kind {
        RBACShapes.kind(
            "Role", plural: "roles", isNamespaced: true, schema: schema,
            issues: { new, _ in RBACIssues.rules(of: new, isNamespaced: true) },
            admission: RBACAdmission(reviewer: reviewer).role)
    }
}
