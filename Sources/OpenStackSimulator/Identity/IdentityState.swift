// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// Keystone's things.
struct IdentityState: Codable, Sendable {
    struct User: Codable, Sendable {
        var json: JSON
        var password: String
    }

    struct Grant: Codable, Hashable, Sendable {
        var user: String
        var role: String
        /// A project's or a domain's id.
        var scope: String
        var isDomain: Bool
    }

    struct ApplicationCredential: Codable, Sendable {
        var json: JSON
        var secret: String
        var user: String
        var project: String
        var roles: [String]
    }

    var tokens: [String: Token] = [:]
    var domains = Table<JSON>()
    var projects = Table<JSON>()
    var users = Table<User>()
    var grants: [Grant] = []
    var applicationCredentials = Table<ApplicationCredential>()
    /// As the real site has them, ids included.
    let roles = Fixture.template("identity.role.list", "roles").array ?? []

    /// Tokens end with the process, and roles are always the recorded ones.
    private enum CodingKeys: CodingKey { case domains, projects, users, grants, applicationCredentials }

    func role(named name: String) -> String? { roles.first { $0["name"]?.string == name }?["id"]?.string }

    func roleName(_ id: String) -> String? { roles.first { $0["id"]?.string == id }?["name"]?.string }

    /// Names of the roles that a user has in a project or domain.
    func roleNames(of user: String, in scope: String) -> [String] {
        var names = grants.filter { $0.user == user && $0.scope == scope }.compactMap { roleName($0.role) }
        // As the real site's role inference has it.
        if names.contains("member"), !names.contains("reader") { names.append("reader") }
        return names
    }
}

extension SiteState {
    mutating func seedIdentity() {
        for (id, name) in [("default", "Default"), (hex(), "acme")] {
            identity.domains[id] = Fixture.template("identity.domain.get", "domain").with([
                "id": .string(id), "name": .string(name),
                "links": ["self": .string("{base}/identity/v3/domains/\(id)")],
            ])
        }
        let acme = identity.domains.ids[1]
        for name in ["demo", "admin"] {
            let project = addProject(["name": .string(name)], domain: "default")
            let user = addUser(["name": .string(name), "password": .string("\(name)-secret")], domain: "default")
            let roles = name == "demo" ? ["member", "creator", "load-balancer_member"] : ["admin", "member"]
            for role in roles { grant(role, to: user, in: project) }
        }
        let manager = addUser(["name": "acme-manager", "password": "demo-secret"], domain: acme)
        grant("domain-manager", to: manager, in: acme, isDomain: true)
    }

    private mutating func grant(_ role: String, to user: String, in scope: String, isDomain: Bool = false) {
        guard let role = identity.role(named: role) else { return }
        identity.grants.append(.init(user: user, role: role, scope: scope, isDomain: isDomain))
    }
}
