// SPDX-License-Identifier: Apache-2.0

import JWTKit

/// What a service account's token says, as upstream's do.
///
/// https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens
struct ServiceAccountClaims: JWTPayload, Hashable {
    struct Bound: Codable, Hashable, Sendable {
        struct Account: Codable, Hashable, Sendable {
            var name: String
            var uid: String
        }
        var namespace: String
        var serviceaccount: Account
        /// What the token dies with, beside its account.
        var secret: Account?
    }

    var iss: String
    var sub: String
    var aud: [String]
    /// Seconds since 1970, as the next two.
    var exp: Int64
    var nbf: Int64
    var iat: Int64
    var jti: String
    var bound: Bound

    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, exp, nbf, iat, jti
        case bound = "kubernetes.io"
    }

    /// Time and audience are checked by `ServiceAccountTokens`, which has the clock.
    func verify(using algorithm: some JWTAlgorithm) {}
}
