// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension SiteState {
    @discardableResult
    mutating func addUser(_ wish: JSON, domain: String) -> String {
        let id = hex()
        let json = Fixture.template("identity.user.create", "user").with([
            "id": .string(id), "name": wish["name"] ?? "", "domain_id": .string(domain),
            "description": wish["description"] ?? "", "enabled": wish["enabled"] ?? true,
            "links": ["self": .string("{base}/identity/v3/users/\(id)")],
        ])
        identity.users[id] = .init(json: json, password: wish.text("password"))
        return id
    }

    func listUsers(_ call: Call) -> Answer {
        let users = identity.users.all.map(\.json).filter { user in
            manages(user["domain_id"]?.string, call)
                && ["name", "domain_id", "enabled"].allSatisfy { key in
                    let values = call.values(key)
                    return values.isEmpty || user.passes(key, values)
                }
        }
        return keystoneList(users, "users", call)
    }

    mutating func createUser(_ call: Call) throws(Refusal) -> Answer {
        let wish = call.body["user"] ?? .null
        let domain = wish["domain_id"]?.string ?? call.token?.domain ?? "default"
        guard manages(domain, call) else { throw Refusal("identity.project.forbidden") }
        let name = wish.text("name")
        let isTaken = identity.users.all.contains {
            $0.json.text("name") == name && $0.json.text("domain_id") == domain
        }
        if isTaken { throw Refusal("identity.user.conflict", domain, name: name) }
        let id = addUser(wish, domain: domain)
        return Answer(like: "identity.user.create", "user", identity.users[id]?.json ?? .null)
    }

    private func managedUser(_ call: Call, orSelf: Bool = false) throws(Refusal) -> IdentityState.User {
        guard let user = identity.users[call.id],
            manages(user.json["domain_id"]?.string, call) || (orSelf && call.token?.user == call.id)
        else { throw Refusal("identity.user.absent") }
        return user
    }

    func showUser(_ call: Call) throws(Refusal) -> Answer {
        Answer(like: "identity.user.get", "user", try managedUser(call, orSelf: true).json)
    }

    /// A new password ends the user's tokens.
    mutating func updateUser(_ call: Call) throws(Refusal) -> Answer {
        var user = try managedUser(call)
        let changes = call.body["user"] ?? .null
        for key in ["name", "description", "enabled"] {
            if let value = changes[key] { user.json[key] = value }
        }
        if let password = changes["password"]?.string {
            user.password = password
            endTokens { $0.user == call.id }
        }
        identity.users[call.id] = user
        return Answer(like: "identity.user.update", "user", user.json)
    }

    mutating func deleteUser(_ call: Call) throws(Refusal) -> Answer {
        _ = try managedUser(call)
        identity.users[call.id] = nil
        identity.grants.removeAll { $0.user == call.id }
        for credential in identity.applicationCredentials.all where credential.user == call.id {
            identity.applicationCredentials[credential.json.text("id")] = nil
        }
        endTokens { $0.user == call.id }
        return Answer(recorded: "identity.user.delete")
    }

    private mutating func endTokens(where matches: (Token) -> Bool) {
        identity.tokens = identity.tokens.filter { !matches($0.value) }
    }
}
