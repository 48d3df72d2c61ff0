// SPDX-License-Identifier: Apache-2.0

import JSONTree
import RESTClient
import Resources

/// Checks the tokens of one issuer of OpenID Connect, for one organization or for the provider.
final class Issuer: Sendable {
    let settings: IssuerSettings
    private let home: String?
    private let keys: IssuerKeys
    private let now: @Sendable () -> Int64
    private let known = Remembered<Verified>()

    /// Clocks may differ by so much, in seconds.
    static let skew: Int64 = 60
    /// No token may end later than this from now, in seconds: who was shut out at the issuer must be shut out here.
    static let longest: Int64 = 86400

    /// What a good signature said.
    private struct Verified {
        var user: UserInfo
        var token: WebToken
        var key: JSON
    }

    /// `home` is the organization whose issuer it is, absent for the provider's; `now` gives seconds since 1970.
    init(
        _ settings: IssuerSettings, home: String?, transport: any RESTTransport, now: @escaping @Sendable () -> Int64
    ) {
        self.settings = settings
        self.home = home
        self.now = now
        keys = IssuerKeys(settings, transport: transport, now: now)
    }

    /// The token's user, and which of the audiences asked for it is made for; all of its own when none is asked for.
    ///
    /// Throws `APIError.unauthorized` for a token that is not good.
    func review(_ text: String, _ token: WebToken, audiences: [String]) async throws -> TokenOwner {
        // What can change is looked at each time: the clock, and whether the key is still the issuer's.
        try checkTime(token)
        let candidates = try await keys.candidates(for: token.keyID)
        let verified = try await known.value(of: text.utf8) { try await verify(token, candidates) }
        guard candidates.contains(verified.key) else { throw unknownKey }
        let matching = audiences.filter(token.audiences.contains)
        guard audiences.isEmpty || !matching.isEmpty else { throw APIError.badToken("is made for another audience") }
        return TokenOwner(user: verified.user, audiences: audiences.isEmpty ? token.audiences : matching)
    }

    private func verify(_ token: WebToken, _ candidates: [JSON]) async throws -> Verified {
        guard let algorithm = token.algorithm, TokenSignature.algorithms.contains(algorithm) else {
            throw APIError.badToken("is signed in a way that is not trusted")
        }
        guard !candidates.isEmpty else { throw unknownKey }
        for key in candidates.prefix(16) where await TokenSignature.isGood(token, by: key) {
            try checkAudience(token)
            let user = try settings.user(of: token.claims, organization: home)
            return Verified(user: user, token: token, key: key)
        }
        throw APIError.badToken("has a signature that does not fit")
    }

    private var unknownKey: APIError {
        .badToken("is signed by no key that its issuer shows, or the issuer does not answer")
    }

    private func checkTime(_ token: WebToken) throws {
        let now = now()
        guard let end = token.seconds("exp") else { throw APIError.badToken("has no end") }
        guard now < end.addingClamped(Self.skew) else { throw APIError.badToken("has expired; log in again") }
        guard end <= now + Self.longest + Self.skew else {
            throw APIError.badToken("is good for more than a day; the issuer must give shorter lives")
        }
        for claim in ["nbf", "iat"] where token.claims[claim] != nil {
            guard let start = token.seconds(claim), start <= now + Self.skew else {
                throw APIError.badToken("is not valid yet")
            }
        }
    }

    /// Whether the token is for us and for a client of ours.
    ///
    /// https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation, steps 3 to 5
    private func checkAudience(_ token: WebToken) throws {
        guard !Set(token.audiences).isDisjoint(with: settings.audiences) else {
            throw APIError.badToken("is made for another audience")
        }
        guard token.audiences.count > 1, let party = token.claims["azp"] else { return }
        guard let name = party.string, settings.audiences.contains(name) else {
            throw APIError.badToken("was given to another client (azp)")
        }
    }
}

extension WebToken {
    /// A time among the claims, which may have a fraction.
    fileprivate func seconds(_ claim: String) -> Int64? {
        claims[claim]?.integer ?? claims[claim]?.number.flatMap { Int64(exactly: $0.rounded(.down)) }
    }
}

extension Int64 {
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? .max : sum
    }
}
