// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    /// What a domain manager may grant.
    private static let grantable = ["member", "reader", "load-balancer_member", "creator"]

    func listRoles(_ call: Call) throws(Refusal) -> Answer {
        guard call.isAdmin || call.token?.domain != nil else { throw Refusal("identity.project.forbidden") }
        let names = call.values("name")
        return keystoneList(identity.roles.filter { names.isEmpty || $0.passes("name", names) }, "roles", call)
    }

    private func wanted(_ call: Call) -> IdentityState.Grant {
        .init(user: call.parameters[1], role: call.parameters[2], scope: call.parameters[0], isDomain: false)
    }

    private func check(_ grant: IdentityState.Grant, _ call: Call) throws(Refusal) {
        guard let project = identity.projects[grant.scope], let user = identity.users[grant.user],
            let role = identity.roleName(grant.role),
            call.isAdmin
                || (manages(project["domain_id"]?.string, call) && manages(user.json["domain_id"]?.string, call)
                    && Self.grantable.contains(role))
        else { throw Refusal("identity.grant.forbidden") }
    }

    /// Twice is once.
    mutating func grantRole(_ call: Call) throws(Refusal) -> Answer {
        let grant = wanted(call)
        try check(grant, call)
        if !identity.grants.contains(grant) { identity.grants.append(grant) }
        return Answer(recorded: "identity.grant.create")
    }

    func checkRole(_ call: Call) throws(Refusal) -> Answer {
        guard identity.grants.contains(wanted(call)) else {
            throw Refusal("identity.grant.absent", call.parameters[2], call.parameters[1], call.parameters[0])
        }
        return Answer(recorded: "identity.grant.check")
    }

    mutating func revokeRole(_ call: Call) throws(Refusal) -> Answer {
        let grant = wanted(call)
        try check(grant, call)
        _ = try checkRole(call)
        identity.grants.removeAll { $0 == grant }
        identity.tokens = identity.tokens.filter { $0.value.user != grant.user || $0.value.project != grant.scope }
        return Answer(recorded: "identity.grant.delete")
    }

    func listGrants(_ call: Call) -> Answer {
        let names = identity.grants.filter { $0.scope == call.parameters[0] && $0.user == call.parameters[1] }.map(
            \.role)
        return keystoneList(identity.roles.filter { names.contains($0.text("id")) }, "roles", call)
    }

    func listAssignments(_ call: Call) -> Answer {
        let filters: [(String, KeyPath<IdentityState.Grant, String>)] = [
            ("scope.project.id", \.scope), ("scope.domain.id", \.scope), ("user.id", \.user), ("role.id", \.role),
        ]
        let found = identity.grants.filter { grant in
            filters.allSatisfy { key, path in call.value(key).map { $0 == grant[keyPath: path] } ?? true }
        }
        let visible = found.filter { grant in
            manages(grant.isDomain ? grant.scope : identity.projects[grant.scope]?["domain_id"]?.string, call)
        }
        return keystoneList(visible.map(Self.describe), "role_assignments", call)
    }

    private static func describe(_ grant: IdentityState.Grant) -> JSON {
        let kind = grant.isDomain ? "domain" : "project"
        let path = "{base}/identity/v3/\(kind)s/\(grant.scope)/users/\(grant.user)/roles/\(grant.role)"
        return [
            "links": ["assignment": .string(path)], "scope": [kind: ["id": .string(grant.scope)]],
            "user": ["id": .string(grant.user)], "role": ["id": .string(grant.role)],
        ]
    }
}
