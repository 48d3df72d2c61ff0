// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Resources

/// An issuer of OpenID Connect whose tokens are believed, and how its claims become a user.
///
/// It is an element of `jwt` in upstream's file, and of `spec.issuers` in an Organization.
/// https://kubernetes.io/docs/reference/config-api/apiserver-config.v1/#apiserver-k8s-io-v1-JWTAuthenticator
package struct IssuerSettings: Sendable {
    /// What the claim `iss` must be, to the letter.
    package let url: String
    /// Where the issuer describes itself; absent for the usual place below `url`.
    let discoveryURL: String?
    /// The certificates that its server must show one of, in PEM; absent for those that the machine trusts.
    let authorityPEM: String?
    /// A token must be made for one of them.
    package let audiences: [String]
    let claimRules: [ClaimRule]
    let userRules: [UserRule]
    let username: ClaimSource
    let groups: ClaimSource?
    let uid: ClaimSource?
    let extra: [ExtraClaim]

    /// Where the discovery document stands.
    var discoveryAddress: String {
        discoveryURL ?? (url.hasSuffix("/") ? String(url.dropLast()) : url) + "/.well-known/openid-configuration"
    }
}

/// Where a part of a user comes from.
enum ClaimSource: Sendable {
    case claim(String, prefix: String)
    case expression(ClaimExpression)
}

/// A part of the user's `extra`.
struct ExtraClaim: Sendable {
    let key: String
    let value: ClaimExpression
}

/// What a token must say to be believed.
enum ClaimRule: Sendable {
    case equal(claim: String, value: String)
    case expression(ClaimExpression, message: String)
}

/// What must be true of the user that came out.
struct UserRule: Sendable {
    let expression: ClaimExpression
    let message: String
}

// MARK: - From claims to a user

extension IssuerSettings {
    /// The user behind these claims; throws `APIError.unauthorized` when a rule refuses them.
    func user(of claims: JSON, organization: String?) throws -> UserInfo {
        for rule in claimRules { try check(rule, claims) }
        var user = UserInfo(name: try name(of: claims), organization: organization)
        user.groups = try groups.map { try texts($0, of: claims, as: "groups") } ?? []
        user.uid = try uid.flatMap { try texts($0, of: claims, as: "uid").first }
        for extra in extra {
            guard let texts = extra.value.texts(of: claims) else { throw APIError.badToken("gives no \(extra.key)") }
            if !texts.isEmpty { user.extra[extra.key] = texts }
        }
        if let id = claims["jti"]?.string { user.extra["authentication.kubernetes.io/credential-id"] = ["JTI=\(id)"] }
        try check(user)
        return user
    }

    private func check(_ rule: ClaimRule, _ claims: JSON) throws {
        switch rule {
        case .equal(let claim, let value):
            guard claims[claim]?.string == value else {
                throw APIError.badToken("does not have the required value in its claim \"\(claim)\"")
            }
        case .expression(let expression, let message):
            guard expression.isTrue(of: claims) else {
                throw APIError.badToken("is refused: \(message.isEmpty ? "a claim validation rule fails" : message)")
            }
        }
    }

    private func name(of claims: JSON) throws -> String {
        if case .claim("email", _) = username, let verified = claims["email_verified"], verified != true {
            throw APIError.badToken("has an e-mail address that is not verified")
        }
        let names = try texts(username, of: claims, as: "username")
        guard let name = names.first, names.count == 1 else { throw APIError.badToken("names no user") }
        return name
    }

    private func texts(_ source: ClaimSource, of claims: JSON, as part: String) throws -> [String] {
        switch source {
        case .expression(let expression):
            guard let texts = expression.texts(of: claims) else { throw APIError.badToken("gives no \(part)") }
            return texts
        case .claim(let name, let prefix):
            switch claims[name] {
            case nil, .null: return []
            case .string(let text): return text.isEmpty ? [] : [prefix + text]
            case .array(let elements):
                let texts = elements.compactMap(\.string)
                guard texts.count == elements.count else { throw APIError.badToken("gives no \(part)") }
                return texts.map { prefix + $0 }
            default: throw APIError.badToken("gives no \(part)")
            }
        }
    }

    /// Names that begin with `system:` are ours: nobody from outside may have them, whatever the rules say.
    private func check(_ user: UserInfo) throws {
        guard !([user.name] + user.groups).contains(where: { $0.hasPrefix("system:") }) else {
            throw APIError.badToken("names a user or group of \"system:\", which no issuer may")
        }
        guard !userRules.isEmpty else { return }
        let extra = user.extra.sorted { $0.key < $1.key }.map { ($0.key, JSON.array($0.value.map(JSON.string))) }
        let tree: JSON = [
            "username": .string(user.name), "uid": .string(user.uid ?? ""),
            "groups": .array(user.groups.map(JSON.string)), "extra": .object(JSONObject(extra)),
        ]
        for rule in userRules where !rule.expression.isTrue(of: tree) {
            throw APIError.badToken(
                "is refused: \(rule.message.isEmpty ? "a user validation rule fails" : rule.message)")
        }
    }
}
