// SPDX-License-Identifier: Apache-2.0

/// Groups with a meaning of their own.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
package enum GroupName {
    /// May do everything where its user may enter.
    package static let masters = "system:masters"
    /// Everybody who has shown who they are; login adds it.
    package static let authenticated = "system:authenticated"
    package static let unauthenticated = "system:unauthenticated"
    /// Every service account; its token's login adds it and the one of its namespace.
    package static let serviceAccounts = "system:serviceaccounts"
    /// The controllers that run in our own process.
    package static let controllers = "system:scs:controllers"

    package static func serviceAccounts(in namespace: String) -> String { "\(serviceAccounts):\(namespace)" }
}

/// The user names of service accounts: `system:serviceaccount:NAMESPACE:NAME`.
package enum ServiceAccountName {
    private static let prefix = "system:serviceaccount:"

    package static func user(namespace: String, name: String) -> String { "\(prefix)\(namespace):\(name)" }
}
