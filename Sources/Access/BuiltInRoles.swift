// SPDX-License-Identifier: Apache-2.0

package import Resources

/// The roles and bindings that every organization has from the start, as values.
///
/// `admin`, `edit` and `view` have no rules of their own: they take those of all ClusterRoles with the label
/// `rbac.authorization.k8s.io/aggregate-to-…`, so that each kind, and whoever defines one, contributes to them.
///
/// The core roles follow https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
package struct BuiltInRoles: Sendable {
    package let roles: [Role]
    package let bindings: [RoleBinding]

    /// Of `kinds`, those of the product contribute to `edit` and `view`.
    ///
    /// `isRoot` adds what only the provider's root has: the rights of our own controllers.
    package init(isRoot: Bool, kinds: [GroupResource] = []) {
        let controller = Role(name: "system:scs:controller", rules: [Self.everything, Self.everyPath])
        roles =
            [
                Self.clusterAdmin, Self.admin, Self.edit, Self.view, Self.coreAdmin, Self.coreEdit, Self.coreView,
                Self.basicUser, Self.discovery, Self.publicInfoViewer, Self.issuerDiscovery,
            ]
            + Self.contributions(of: kinds) + (isRoot ? [controller] : [])
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

    /// The label by which a ClusterRole contributes to another one.
    static func contribution(to role: String) -> [String: String] { ["\(rbacGroup)/aggregate-to-\(role)": "true"] }

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
    private static let view = aggregating("view", into: "edit")
    /// Reads and writes all but RBAC.
    private static let edit = aggregating("edit", into: "admin")
    /// Reads and writes all, the roles in its namespace included.
    private static let admin = aggregating("admin")

    private static func aggregating(_ name: String, into larger: String? = nil) -> Role {
        Role(
            name: name, labels: larger.map(contribution) ?? [:], rules: [],
            aggregates: [.labels(contribution(to: name))])
    }

    private static let coreView = Role(
        name: "system:aggregate-to-view", labels: contribution(to: "view"),
        rules: [
            PolicyRule(
                verbs: read, apiGroups: [""], resources: ["configmaps", "events", "namespaces", "serviceaccounts"]),
            PolicyRule(verbs: read, apiGroups: ["events.k8s.io"], resources: ["events"]),
        ])

    /// What mints a credential has a rule of its own, by name: `*` would give away the next one, too.
    private static let coreEdit = Role(
        name: "system:aggregate-to-edit", labels: contribution(to: "edit"),
        rules: [
            PolicyRule(verbs: read + write, apiGroups: [""], resources: ["secrets"]),
            PolicyRule(verbs: write, apiGroups: [""], resources: ["configmaps", "events", "serviceaccounts"]),
            PolicyRule(verbs: ["create"], apiGroups: [""], resources: ["serviceaccounts/token"]),
            PolicyRule(verbs: ["impersonate"], apiGroups: [""], resources: ["serviceaccounts"]),
            PolicyRule(verbs: read + write, apiGroups: ["coordination.k8s.io"], resources: ["leases"]),
        ])

    private static let coreAdmin = Role(
        name: "system:aggregate-to-admin", labels: contribution(to: "admin"),
        rules: [
            PolicyRule(verbs: read + write, apiGroups: [rbacGroup], resources: ["roles", "rolebindings"]),
            PolicyRule(
                verbs: ["create"], apiGroups: ["authorization.k8s.io"], resources: ["localsubjectaccessreviews"]),
        ])

    /// A role a group for who reads its kinds, and one for who writes them; subresources that do something are in neither.
    private static func contributions(of kinds: [GroupResource]) -> [Role] {
        let groups = Dictionary(grouping: kinds, by: \.group).mapValues { $0.map(\.resource).sorted() }
        return groups.sorted { $0.key < $1.key }.flatMap { group, plurals -> [Role] in
            let mayWrite = customerGroups.contains(group)
            guard mayWrite || providerGroups.contains(group) else { return [] }
            let reading = PolicyRule(
                verbs: read, apiGroups: [group], resources: plurals.flatMap { [$0, "\($0)/status"] })
            let writing = PolicyRule(verbs: write, apiGroups: [group], resources: plurals)
            return [contributing(reading, of: group, to: "view")]
                + (mayWrite ? [contributing(writing, of: group, to: "edit")] : [])
        }
    }

    private static func contributing(_ rule: PolicyRule, of group: String, to role: String) -> Role {
        Role(name: "system:scs:aggregate-to-\(role):\(group)", labels: contribution(to: role), rules: [rule])
    }

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
