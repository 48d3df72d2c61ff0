// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// How we show Keystone who we are.
package enum Credential: Hashable, Sendable {
    case password(UserName, Secret)
    /// Scoped to its own project by its nature: a scope is never sent along with it.
    case applicationCredential(id: String, Secret)
    case namedApplicationCredential(name: String, UserName, Secret)
}

/// A domain, by what is known of it.
package enum DomainName: Hashable, Sendable {
    case id(String)
    case name(String)
}

/// A user, by what is known of it.
package enum UserName: Hashable, Sendable {
    case id(String)
    case name(String, DomainName)
}

/// What a token is good for.
package enum AuthScope: Hashable, Sendable {
    case project(id: String)
    case projectNamed(String, DomainName)
    case domain(DomainName)
    /// What the user's default is, or what the application credential says.
    case unspecified
}

extension Credential {
    /// The `identity` of an authentication request.
    ///
    /// https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
    var tree: JSON {
        switch self {
        case .password(let user, let secret):
            var user = user.tree
            user["password"] = .string(secret.text)
            return ["methods": ["password"], "password": ["user": user]]
        case .applicationCredential(let id, let secret):
            return Self.application(["id": .string(id), "secret": .string(secret.text)])
        case .namedApplicationCredential(let name, let user, let secret):
            return Self.application(["name": .string(name), "user": user.tree, "secret": .string(secret.text)])
        }
    }

    private static func application(_ credential: JSON) -> JSON {
        ["methods": ["application_credential"], "application_credential": credential]
    }

    var secret: Secret {
        switch self {
        case .password(_, let secret), .applicationCredential(_, let secret),
            .namedApplicationCredential(_, _, let secret):
            secret
        }
    }

    var takesScope: Bool { if case .password = self { true } else { false } }
}

extension DomainName {
    var tree: JSON {
        switch self {
        case .id(let id): ["id": .string(id)]
        case .name(let name): ["name": .string(name)]
        }
    }
}

extension UserName {
    var tree: JSON {
        switch self {
        case .id(let id): ["id": .string(id)]
        case .name(let name, let domain): ["name": .string(name), "domain": domain.tree]
        }
    }
}

extension AuthScope {
    var tree: JSON? {
        switch self {
        case .project(let id): ["project": ["id": .string(id)]]
        case .projectNamed(let name, let domain): ["project": ["name": .string(name), "domain": domain.tree]]
        case .domain(let domain): ["domain": domain.tree]
        case .unspecified: nil
        }
    }
}
