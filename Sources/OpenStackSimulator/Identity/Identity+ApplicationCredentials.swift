// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension SiteState {
    private static let member = "application_credential"

    func listApplicationCredentials(_ call: Call) -> Answer {
        let own = identity.applicationCredentials.all.filter { $0.user == call.id && $0.user == call.token?.user }
        return keystoneList(own.map(\.json), "application_credentials", call)
    }

    mutating func createApplicationCredential(_ call: Call) throws(Refusal) -> Answer {
        guard let token = call.token, token.user == call.id, let project = token.project,
            token.applicationCredential == nil
        else { throw Refusal("identity.appcred.forbidden") }
        let wish = call.body[Self.member] ?? .null
        let name = wish.text("name")
        let isTaken = identity.applicationCredentials.all.contains {
            $0.user == token.user && $0.json.text("name") == name
        }
        if isTaken { throw Refusal("identity.appcred.conflict", name: name) }
        let asked = wish["roles"]?.array?.compactMap { $0["name"]?.string ?? identity.roleName($0.text("id")) }
        let roles = asked ?? token.roles
        guard Set(roles).isSubset(of: token.roles) else { throw Refusal("identity.appcred.forbidden") }
        let id = hex()
        let secret = wish["secret"]?.string ?? hex() + hex()
        let expiry = wish["expires_at"]?.string.flatMap { Date(moment: $0) }
        var json = Fixture.template("identity.appcred.create", Self.member).with([
            "id": .string(id), "name": .string(name), "description": wish["description"] ?? .null,
            "user_id": .string(token.user), "project_id": .string(project), "expires_at": expiry?.zoneless ?? .null,
            "unrestricted": wish["unrestricted"] ?? .null,
            "roles": .array(identity.roles.filter { roles.contains($0.text("name")) }),
            "links": ["self": .string("{base}/identity/v3/application_credentials/\(id)")],
        ])
        json["secret"] = nil
        identity.applicationCredentials[id] = .init(
            json: json, secret: secret, user: token.user, project: project, roles: roles)
        // Shown this once.
        return Answer(like: "identity.appcred.create", Self.member, json.with(["secret": .string(secret)]))
    }

    private func own(_ call: Call) throws(Refusal) -> IdentityState.ApplicationCredential {
        let id = call.parameters[1]
        guard let credential = identity.applicationCredentials[id], credential.user == call.id,
            call.token?.user == call.id
        else { throw Refusal("identity.appcred.absent", id) }
        return credential
    }

    func showApplicationCredential(_ call: Call) throws(Refusal) -> Answer {
        Answer(like: "identity.appcred.get", Self.member, try own(call).json)
    }

    mutating func deleteApplicationCredential(_ call: Call) throws(Refusal) -> Answer {
        guard call.token?.applicationCredential == nil else { throw Refusal("identity.appcred.forbidden") }
        _ = try own(call)
        identity.applicationCredentials[call.parameters[1]] = nil
        return Answer(recorded: "identity.appcred.delete")
    }
}
