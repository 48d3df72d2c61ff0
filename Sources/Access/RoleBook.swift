// SPDX-License-Identifier: Apache-2.0

package import Resources

/// All roles and bindings of one organization (or of the provider's root) at one moment, ready to be asked.
///
/// The built-in roles are in every book; a stored object takes the place of the built-in one of its name.
package struct RoleBook: Sendable {
    /// Rules that a subject got, and by which binding.
    struct Grant: Sendable {
        var rules: [PolicyRule]
        var binding: String
    }

    private var clusterRoles: [String: [PolicyRule]] = [:]
    private var clusterGrants: [Subject: [Grant]] = [:]
    private var namespaceGrants: [String: [Subject: [Grant]]] = [:]

    /// A book of the built-in roles and these; `isRoot` adds those that only the provider's root has, `kinds` what the
    /// built-in kinds contribute.
    package init(
        roles: [Role] = [], bindings: [RoleBinding] = [], isRoot: Bool = false, kinds: [GroupResource] = []
    ) {
        let builtIn = BuiltInRoles(isRoot: isRoot, kinds: kinds)
        let allRoles = Self.merged(builtIn.roles, roles) { [$0.namespace, $0.name] }
        let allBindings = Self.merged(builtIn.bindings, bindings) { [$0.namespace, $0.name] }
        let clusterRoles = allRoles.filter(\.namespace.isEmpty)
        for role in clusterRoles { self.clusterRoles[role.name] = role.effectiveRules(among: clusterRoles) }
        var namespaceRoles: [[String]: [PolicyRule]] = [:]
        for role in allRoles where !role.namespace.isEmpty { namespaceRoles[[role.namespace, role.name]] = role.rules }
        for binding in allBindings {
            let rules =
                switch binding.role {
                case .clusterRole(let name): self.clusterRoles[name]
                case .role(let name): namespaceRoles[[binding.namespace, name]]
                }
            if let rules { add(binding, rules) }
        }
    }

    /// The rules of a ClusterRole, its aggregated ones included; absent when there is no such role.
    package func rules(ofClusterRole name: String) -> [PolicyRule]? { clusterRoles[name] }

    private mutating func add(_ binding: RoleBinding, _ rules: [PolicyRule]) {
        let kind = binding.namespace.isEmpty ? "ClusterRoleBinding" : "RoleBinding"
        let name = binding.namespace.isEmpty ? binding.name : "\(binding.name)/\(binding.namespace)"
        let grant = Grant(rules: rules, binding: "\(kind) \"\(name)\" of \(binding.role.text)")
        for subject in binding.subjects {
            if binding.namespace.isEmpty {
                clusterGrants[subject, default: []].append(grant)
            } else {
                namespaceGrants[binding.namespace, default: [:]][subject, default: []].append(grant)
            }
        }
    }

    private static func merged<Element>(
        _ builtIn: [Element], _ stored: [Element], key: (Element) -> [String]
    ) -> [Element] {
        let replaced = Set(stored.map(key))
        return builtIn.filter { !replaced.contains(key($0)) } + stored
    }
}

extension RoleBook {
    /// Decides within this book alone; who may enter its organization is `RoleBooks`' question.
    ///
    /// `clusterWideOnly` leaves the bindings in namespaces out.
    package func decide(_ request: AccessRequest, clusterWideOnly: Bool = false) -> AccessDecision {
        let inNamespace = clusterWideOnly ? nil : namespaceGrants[request.target.namespace]
        for subject in request.user.subjects {
            for grants in [clusterGrants[subject], inNamespace?[subject]] {
                guard let grant = grants?.first(where: { $0.allows(request) }) else { continue }
                return AccessDecision(isAllowed: true, reason: "RBAC: allowed by \(grant.binding) to \(subject.text)")
            }
        }
        return AccessDecision(isAllowed: false, reason: "no role of the user allows it")
    }

    /// Every rule that a user has in a namespace, the cluster-wide ones included; `nil` for those alone.
    package func rules(for user: UserInfo, namespace: String?) -> [PolicyRule] {
        let inNamespace = namespace.flatMap { namespaceGrants[$0] }
        return user.subjects.flatMap { subject in
            [clusterGrants[subject], inNamespace?[subject]].flatMap { $0 ?? [] }.flatMap(\.rules)
        }
    }
}

extension RoleBook.Grant {
    fileprivate func allows(_ request: AccessRequest) -> Bool {
        rules.contains { $0.allows(request.verb, on: request.target) }
    }
}

extension UserInfo {
    fileprivate var subjects: [Subject] { [.user(name)] + groups.map(Subject.group) }
}

extension AccessRequest.Target {
    /// Where the target stands; a Namespace counts as standing in itself, so that a role in it may let its people read it.
    fileprivate var namespace: String {
        switch self {
        case .resource(GroupResource(group: "", resource: "namespaces"), _, "", let name?): name
        case .resource(_, _, let namespace, _): namespace
        case .path: ""
        }
    }
}
