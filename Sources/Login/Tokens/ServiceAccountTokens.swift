// SPDX-License-Identifier: Apache-2.0

import Access
import FoundationEssentials
import JSONTree
import JWTKit
package import Resources

/// A service account, as a token names it.
package struct ServiceAccountReference: Hashable, Sendable {
    /// Empty at the provider's root.
    package var organization: String
    package var namespace: String
    package var name: String
    /// Ties a token to this account and to none of the same name that comes later.
    package var uid: String

    package init(organization: String, namespace: String, name: String, uid: String) {
        self.organization = organization
        self.namespace = namespace
        self.name = name
        self.uid = uid
    }
}

/// A Secret that a token is bound to: it is good as long as that Secret is there.
package struct BoundSecret: Hashable, Sendable {
    package var name: String
    package var uid: String

    package init(name: String, uid: String) {
        self.name = name
        self.uid = uid
    }
}

/// Issues and checks the tokens of service accounts.
///
/// The issuer names the organization: a token of an organization is valid under its own path only, one of the root under
/// every path. A token lives as long as it says, but not longer than its account and the Secret that it is bound to.
package struct ServiceAccountTokens: Sendable {
    /// The longest life of a token, in seconds.
    package static let longest: Int64 = 86400
    /// The shortest that may be asked for, as upstream has it, in seconds.
    package static let shortest: Int64 = 600

    /// The root's issuer, `https://HOST:PORT`; also the audience of tokens for this server.
    package let issuer: String
    private let keys: @Sendable () -> SigningKeys
    private let uid: @Sendable (ServiceAccountReference) async -> String?
    private let secretUID: @Sendable (ObjectKey) async -> String?
    private let now: @Sendable () -> Int64
    private let known = Remembered<Verified>()

    /// A token whose signature was found good.
    private struct Verified {
        var claims: ServiceAccountClaims
        var key: String
    }

    /// - Parameters:
    ///   - keys: the ring as it is now.
    ///   - uid: that of the account which has the name now, if any.
    ///   - secretUID: that of the Secret at a key, if any.
    ///   - now: seconds since 1970.
    package init(
        issuer: String, keys: @escaping @Sendable () -> SigningKeys,
        uid: @escaping @Sendable (ServiceAccountReference) async -> String?,
        secretUID: @escaping @Sendable (ObjectKey) async -> String? = { _ in nil },
        now: @escaping @Sendable () -> Int64
    ) {
        self.issuer = issuer
        self.keys = keys
        self.uid = uid
        self.secretUID = secretUID
        self.now = now
    }

    /// A new token and when it ends, in seconds since 1970.
    ///
    /// `lifetime`, in seconds, is brought into the limits; without audiences the token is for this server.
    package func issue(
        for account: ServiceAccountReference, audiences: [String] = [], lifetime: Int64,
        boundTo secret: BoundSecret? = nil
    ) async throws -> (token: String, expires: Int64) {
        let now = now()
        guard let key = keys().signer(at: now) else {
            throw APIError(.internalError, "no key signs tokens")
        }
        let claims = ServiceAccountClaims(
            iss: issuer(of: account.organization),
            sub: ServiceAccountName.user(namespace: account.namespace, name: account.name),
            aud: audiences.isEmpty ? [issuer] : audiences,
            exp: now + min(max(lifetime, Self.shortest), Self.longest), nbf: now, iat: now,
            jti: UUID().uuidString.lowercased(),
            bound: .init(
                namespace: account.namespace, serviceaccount: .init(name: account.name, uid: account.uid),
                secret: secret.map { .init(name: $0.name, uid: $0.uid) }))
        let signer = JWTKeyCollection()
        let id = JWKIdentifier(string: key.id)
        try await signer.add(ecdsa: ES256PrivateKey(pem: key.pem), kid: id)
        return (try await signer.sign(claims, kid: id), claims.exp)
    }

    /// The issuer of an organization's tokens; the root's for an empty name.
    package func issuer(of organization: String) -> String {
        organization.isEmpty ? issuer : "\(issuer)/organizations/\(organization)"
    }

    /// The keys that verify, as JSON web keys.
    var publicKeys: [JSON] { keys().keys.compactMap(\.publicKey) }

    private func organization(ofIssuer text: String) -> String? {
        if text == issuer { return "" }
        let prefix = "\(issuer)/organizations/"
        guard text.hasPrefix(prefix), text.count > prefix.count else { return nil }
        return String(text.dropFirst(prefix.count))
    }
}

// MARK: - Checking

extension ServiceAccountTokens: TokenAuthenticator {
    /// The account's user and which of the audiences the token is made for; absent for a token of another issuer.
    ///
    /// Throws `APIError.unauthorized` for a token that says it is ours and is not good, or is made for none of the audiences.
    package func review(
        token: String, organization: String, audiences: [String]
    ) async throws -> TokenOwner? {
        guard token.utf8.count <= 16384, let verified = try await verified(token) else { return nil }
        guard keys().keys.contains(where: { $0.id == verified.key }) else { throw unknownKey }
        let claims = verified.claims
        let home = self.organization(ofIssuer: claims.iss) ?? ""
        try check(claims, home: home, asked: organization)
        let matching = (audiences.isEmpty ? [issuer] : audiences).filter(claims.aud.contains)
        guard !matching.isEmpty else { throw refusal("is made for another audience") }
        return TokenOwner(user: try await user(of: claims, home: home), audiences: matching)
    }

    /// What a token of ours says, when its signature is good; absent for a token of another issuer.
    private func verified(_ token: String) async throws -> Verified? {
        guard let parsed = try? DefaultJWTParser().parse(Array(token.utf8), as: ServiceAccountClaims.self),
            organization(ofIssuer: parsed.payload.iss) != nil
        else { return nil }
        return try await known.value(of: token.utf8) {
            guard let key = keys().keys.first(where: { $0.id == parsed.header.kid }), parsed.header.alg == "ES256"
            else {
                throw unknownKey
            }
            try await verifySignature(token, by: key)
            return Verified(claims: parsed.payload, key: key.id)
        }
    }

    private func verifySignature(_ token: String, by key: SigningKey) async throws {
        let verifier = JWTKeyCollection()
        do {
            try await verifier.add(ecdsa: ES256PrivateKey(pem: key.pem), kid: JWKIdentifier(string: key.id))
            _ = try await verifier.verify(token, as: ServiceAccountClaims.self)
        } catch {
            throw refusal("has a signature that does not fit")
        }
    }

    private var unknownKey: APIError { refusal("is signed by no key of this server") }

    private func check(_ claims: ServiceAccountClaims, home: String, asked: String) throws {
        let now = now()
        guard now < claims.exp else { throw refusal("has expired; get a new one") }
        guard claims.nbf <= now else { throw refusal("is not valid yet") }
        guard home.isEmpty || home == asked else {
            throw refusal("belongs to an organization and is valid under that organization's path only")
        }
        let bound = claims.bound
        guard
            claims.sub == ServiceAccountName.user(namespace: bound.namespace, name: bound.serviceaccount.name)
        else { throw refusal("contradicts itself") }
    }

    private func user(of claims: ServiceAccountClaims, home: String) async throws -> UserInfo {
        let account = ServiceAccountReference(
            organization: home, namespace: claims.bound.namespace, name: claims.bound.serviceaccount.name,
            uid: claims.bound.serviceaccount.uid)
        guard await uid(account) == account.uid else { throw refusal("is of a service account that is gone") }
        if let secret = claims.bound.secret {
            let key = ObjectKey(organization: home, namespace: account.namespace, name: secret.name)
            guard await secretUID(key) == secret.uid else { throw refusal("is bound to a Secret that is gone") }
        }
        return UserInfo(
            name: claims.sub, uid: account.uid,
            groups: [GroupName.serviceAccounts, GroupName.serviceAccounts(in: account.namespace)],
            extra: ["authentication.kubernetes.io/credential-id": ["JTI=\(claims.jti)"]],
            organization: home.isEmpty ? nil : home)
    }

    private func refusal(_ reason: String) -> APIError { APIError(.unauthorized, "the bearer token \(reason)") }
}
