// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONTree

extension SiteState {
    /// POST /v3/auth/tokens.
    mutating func issueToken(_ call: Call) throws(Refusal) -> Answer {
        let auth = call.body["auth"] ?? .null
        let method = auth["identity"]?["methods"]?[0]?.string ?? ""
        var token = Token(
            user: "", roles: [], method: method, expires: call.now.advanced(by: settings.tokenLifetime),
            issued: call.now)
        switch method {
        case "password": try login(&token, auth)
        case "application_credential": try loginWithApplicationCredential(&token, auth)
        default: throw Refusal("identity.token.wrong")
        }
        let secret = "gAAAAA" + hex() + hex()
        identity.tokens[secret] = token
        return Answer(
            201, ["token": describe(token)], headers: [("X-Subject-Token", secret), ("Vary", "X-Auth-Token")])
    }

    private func login(_ token: inout Token, _ auth: JSON) throws(Refusal) {
        let wanted = auth["identity"]?["password"]?["user"] ?? .null
        let user = identity.users.all.first { user in
            if let id = wanted["id"]?.string { return user.json.text("id") == id }
            guard let domain = domain(wanted["domain"]) else { return false }
            return user.json["name"] == wanted["name"] && user.json.text("domain_id") == domain
        }
        guard let user, user.password == wanted.text("password"), user.json["enabled"]?.bool != false else {
            throw Refusal("identity.token.wrong")
        }
        token.user = user.json.text("id")
        if let scope = auth["scope"]?["project"] {
            token.project = project(scope)
            token.roles = identity.roleNames(of: token.user, in: token.project ?? "")
        } else if let scope = auth["scope"]?["domain"] {
            token.domain = domain(scope)
            token.roles = identity.roleNames(of: token.user, in: token.domain ?? "")
        } else {
            return
        }
        if token.roles.isEmpty { throw Refusal("identity.token.wrong") }
    }

    private func loginWithApplicationCredential(_ token: inout Token, _ auth: JSON) throws(Refusal) {
        let wanted = auth["identity"]?["application_credential"] ?? .null
        let credential = identity.applicationCredentials.all.first { credential in
            if let id = wanted["id"]?.string { return credential.json.text("id") == id }
            return credential.json["name"] == wanted["name"] && wanted["user"]?["id"]?.string == credential.user
        }
        let expiry = credential?.json["expires_at"]?.string.flatMap { Date(moment: $0) } ?? .distantFuture
        guard let credential, credential.secret == wanted.text("secret"), expiry > token.issued,
            // A role that was taken away takes the credentials with it that were made from it.
            Set(credential.roles).isSubset(of: identity.roleNames(of: credential.user, in: credential.project))
        else { throw Refusal("identity.token.wrong") }
        token.user = credential.user
        token.project = credential.project
        token.roles = credential.roles
        token.applicationCredential = credential.json.text("id")
    }

    private func domain(_ wanted: JSON?) -> String? {
        if let id = wanted?["id"]?.string { return identity.domains[id] == nil ? nil : id }
        return identity.domains.all.first { $0["name"] != nil && $0["name"] == wanted?["name"] }?.text("id")
    }

    private func project(_ wanted: JSON) -> String? {
        if let id = wanted["id"]?.string { return identity.projects[id] == nil ? nil : id }
        let domain = domain(wanted["domain"])
        return identity.projects.all.first { $0["name"] == wanted["name"] && $0.text("domain_id") == domain }?.text(
            "id")
    }

    private func describe(_ token: Token) -> JSON {
        let user = identity.users[token.user]?.json ?? .null
        var json = Fixture.template("identity.token.project", "token").with([
            "methods": [.string(token.method)], "expires_at": token.expires.precise, "issued_at": token.issued.precise,
            "user": [
                "domain": named(user.text("domain_id"), in: identity.domains), "id": .string(token.user),
                "name": user["name"] ?? .null, "password_expires_at": .null,
            ],
            "roles": .array(token.roles.map { ["id": .string(identity.role(named: $0) ?? ""), "name": .string($0)] }),
        ])
        json["project"] = token.project.map { id in
            var project = named(id, in: identity.projects)
            project["domain"] = named(identity.projects[id]?.text("domain_id") ?? "", in: identity.domains)
            return project
        }
        json["domain"] = token.domain.map { named($0, in: identity.domains) }
        json["catalog"] = token.project == nil && token.domain == nil ? nil : catalog(for: token)
        if token.project == nil { json["is_domain"] = nil }
        return json
    }

    private func named(_ id: String, in table: Table<JSON>) -> JSON {
        ["id": .string(id), "name": table[id]?["name"] ?? .null]
    }

    /// The services that are played; a domain's token has no volume service, whose address holds a project.
    private func catalog(for token: Token) -> JSON {
        let played = ["identity", "image", "compute", "network", "block-storage", "volumev3"]
        let services = Fixture.template("identity.token.project", "token")["catalog"]?.array ?? []
        return .array(
            services.compactMap { service in
                let isVolume = service.text("name").hasPrefix("cinder")
                guard played.contains(service.text("type")), !isVolume || token.project != nil else { return nil }
                var service = service
                service["endpoints"] = .array(
                    (service["endpoints"]?.array ?? []).map { endpoint in
                        let url = isVolume ? "{base}/volume/v3/\(token.project ?? "")" : endpoint.text("url")
                        let region = JSON.string(settings.region)
                        return endpoint.with(["url": .string(url), "region": region, "region_id": region])
                    })
                return service
            })
    }
}
