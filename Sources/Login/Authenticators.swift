// SPDX-License-Identifier: Apache-2.0

import Access
package import Resources

/// Knows the tokens of one kind of issuer.
package protocol TokenAuthenticator: Sendable {
    /// The token's owner at the path of an organization (empty for the root); absent when the token is of another issuer.
    ///
    /// Throws `APIError.unauthorized` for a token that is of this issuer and not good, or is made for none of the audiences;
    /// without audiences it must be made for this server.
    func review(token: String, organization: String, audiences: [String]) async throws -> TokenOwner?
}

/// Whose token it is, and for whom it is made.
package struct TokenOwner: Hashable, Sendable {
    package var user: UserInfo
    /// Those of the audiences asked for that the token is made for.
    package var audiences: [String]

    package init(user: UserInfo, audiences: [String] = []) {
        self.user = user
        self.audiences = audiences
    }
}

extension TokenAuthenticator {
    /// The token's user for this server, at the path of an organization (empty for the root).
    package func authenticate(token: String, organization: String) async throws -> UserInfo? {
        try await review(token: token, organization: organization, audiences: [])?.user
    }
}

/// All ways to log in, in one: a token when there is one, else a client certificate.
///
/// What is shown must be good: a bad token is refused, even beside a good certificate, and is never anonymous.
package struct Authenticators: Authenticator {
    private let tokens: [any TokenAuthenticator]
    private let certificates: CertificateAuthenticator?

    package init(tokens: [any TokenAuthenticator] = [], certificates: CertificateAuthenticator? = nil) {
        self.tokens = tokens
        self.certificates = certificates
    }

    package func authenticate(_ credentials: Credentials) async throws -> UserInfo? {
        guard var user = try await user(of: credentials) else { return nil }
        if !user.groups.contains(GroupName.authenticated) { user.groups.append(GroupName.authenticated) }
        return user
    }

    private func user(of credentials: Credentials) async throws -> UserInfo? {
        if let token = credentials.bearerToken {
            for issuer in tokens {
                let user = try await issuer.authenticate(token: token, organization: credentials.organization)
                if let user { return user }
            }
            throw APIError(.unauthorized, "the bearer token is of no issuer that is known here")
        }
        if let certificate = credentials.certificate, let certificates {
            return try await certificates.authenticate(
                certificate: certificate, organization: credentials.organization)
        }
        return nil
    }
}

extension UserInfo {
    /// Whoever shows nothing.
    package static let anonymous = UserInfo(name: "system:anonymous", groups: [GroupName.unauthenticated])
}
