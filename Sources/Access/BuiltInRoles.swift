// SPDX-License-Identifier: Apache-2.0

/// The roles and bindings that every organization has from the start, as values.
///
/// The core roles follow https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
package struct BuiltInRoles: Sendable {
    package let roles: [Role]
    package let bindings: [RoleBinding]

    /// `isRoot` adds what only the provider's root has: the rights of our own controllers.
    package init(isRoot: Bool) {
        let controller = Role(name: "system:scs:controller", rules: [Self.everything, Self.everyPath])
        roles =
            [
                Self.clusterAdmin, Self.admin, Self.edit, Self.view, Self.basicUser, Self.discovery,
                Self.publicInfoViewer, Self.issuerDiscovery,
            ]
            + (isRoot ? [controller] : [])
        bindings =
            [
                Self.binding("cluster-admin", GroupName.masters),
                Self.binding("system:basic-user", GroupName.authenticated),
                Self.binding("system:discovery", GroupName.authenticated),
                Self.binding("system:public-info-viewer", GroupName.authenticated, GroupName.unauthenticated),
                Self.binding("system:service-account-issuer-discovery", GroupName.serviceAccounts),
            ] + (isRoot ? [Self.binding("system:scs:controller", GroupName.controllers)] : [])
    }

    /// Every verb on every object.
    package static let everything = PolicyRule(verbs: ["*"], apiGroups: ["*"], resources: ["*"])
    /// Every verb on every path that is no resource.
    package static let everyPath = PolicyRule(verbs: ["*"], nonResourceURLs: ["*"])

    private static func aggregation(to role: String) -> [String: String] {
        ["\(rbacGroup)/aggregate-to-\(role)": "true"]
    }

    private static func binding(_ role: String, _ groups: String...) -> RoleBinding {
        RoleBinding(name: role, role: .clusterRole(role), subjects: groups.map(Subject.group))
    }
}

// MARK: - What people get

extension BuiltInRoles {
    /// The groups whose kinds customers make for themselves.
    private static let customerGroups = ["compute", "storage", "networking", "kubernetes", "migration"]
        .map { "\($0).scs.community" }
    /// The groups whose kinds customers only look at, unless somebody gives them more.
    private static let providerGroups = ["management", "status"].map { "\($0).scs.community" }

    private static let read = ["get", "list", "watch"]
    private static let write = ["create", "update", "patch", "delete", "deletecollection"]

    private static let clusterAdmin = Role(name: "cluster-admin", rules: [everything, everyPath])

    /// Reads all but Secrets and RBAC.
    private static let view = Role(
        name: "view", rules: viewRules, aggregates: [aggregation(to: "view")])

    private static let viewRules = [
        PolicyRule(
            verbs: read, apiGroups: [""], resources: ["configmaps", "events", "namespaces", "serviceaccounts"]),
        PolicyRule(verbs: read, apiGroups: ["events.k8s.io"], resources: ["events"]),
        PolicyRule(verbs: read, apiGroups: customerGroups + providerGroups, resources: ["*"]),
    ]

    /// Reads and writes all but RBAC.
    private static let edit = Role(
        name: "edit", rules: editRules, aggregates: [aggregation(to: "edit"), aggregation(to: "view")])

    private static let editRules =
        viewRules + [
            PolicyRule(verbs: read + write, apiGroups: [""], resources: ["secrets"]),
            PolicyRule(verbs: write, apiGroups: [""], resources: ["configmaps", "events", "serviceaccounts"]),
            PolicyRule(verbs: ["create"], apiGroups: [""], resources: ["serviceaccounts/token"]),
            PolicyRule(verbs: read + write, apiGroups: ["coordination.k8s.io"], resources: ["leases"]),
            PolicyRule(verbs: write, apiGroups: customerGroups, resources: ["*"]),
        ]

    /// Reads and writes all, the roles in its namespace included.
    private static let admin = Role(
        name: "admin",
        rules: editRules + [
            PolicyRule(verbs: read + write, apiGroups: [rbacGroup], resources: ["roles", "rolebindings"]),
            PolicyRule(
                verbs: ["create"], apiGroups: ["authorization.k8s.io"], resources: ["localsubjectaccessreviews"]),
        ],
        aggregates: [aggregation(to: "admin"), aggregation(to: "edit"), aggregation(to: "view")])

    /// Asks about oneself.
    private static let basicUser = Role(
        name: "system:basic-user",
        rules: [
            PolicyRule(
                verbs: ["create"], apiGroups: ["authorization.k8s.io"],
                resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
            PolicyRule(verbs: ["create"], apiGroups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"]),
        ])

    private static let publicPaths = ["/healthz", "/livez", "/readyz", "/version", "/version/"]

    /// Learns what the server serves.
    private static let discovery = Role(
        name: "system:discovery",
        rules: [
            PolicyRule(
                verbs: ["get"],
                nonResourceURLs: ["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*"] + publicPaths)
        ])

    /// Learns what is needed to check service-account tokens.
    private static let issuerDiscovery = Role(
        name: "system:service-account-issuer-discovery",
        rules: [
            PolicyRule(
                verbs: ["get"],
                nonResourceURLs: [
                    "/.well-known/openid-configuration", "/.well-known/openid-configuration/", "/openid/v1/jwks",
                    "/openid/v1/jwks/",
                ])
        ])

    private static let publicInfoViewer = Role(
        name: "system:public-info-viewer", rules: [PolicyRule(verbs: ["get"], nonResourceURLs: publicPaths)])
}
