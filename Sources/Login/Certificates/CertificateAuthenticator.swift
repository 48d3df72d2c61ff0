// SPDX-License-Identifier: Apache-2.0

package import Resources
import SwiftASN1
import X509

/// Turns a client's certificate into a user.
///
/// Although the listener has checked the chain, it is checked here again, together with what a listener does not look at:
/// our clock, the purpose, and the organization.
package struct CertificateAuthenticator: Sendable {
    private let authorities: [Certificate]
    private let now: @Sendable () -> Int64
    private let known = Remembered<Verified>()

    private struct Verified {
        var user: UserInfo
        var period: CertificatePeriod
    }

    /// `now` gives seconds since 1970.
    ///
    /// Several authorities are trusted while one replaces another.
    package init(authorities: [CertificateAuthority], now: @escaping @Sendable () -> Int64) {
        self.authorities = authorities.map(\.certificate)
        self.now = now
    }

    /// The user of a certificate in DER, at the path of an organization (empty for the root).
    ///
    /// Throws `APIError.unauthorized` for a certificate that is not good there and now.
    package func authenticate(certificate bytes: [UInt8], organization: String) async throws -> UserInfo {
        let verified = try await known.value(of: bytes) { try verify(bytes) }
        guard verified.period.contains(now()) else { throw refusal("is expired or not yet valid; get a new one") }
        if let home = verified.user.organization, home != organization {
            throw refusal("belongs to an organization and is valid under that organization's path only")
        }
        return verified.user
    }

    private func verify(_ bytes: [UInt8]) throws -> Verified {
        guard let certificate = try? Certificate(derEncoded: bytes) else { throw refusal("cannot be read") }
        let issuer = authorities.first {
            $0.subject == certificate.issuer && $0.publicKey.isValidSignature(certificate.signature, for: certificate)
        }
        guard let issuer, CertificatePeriod(issuer).contains(now()) else {
            throw refusal("is not signed by an authority that is trusted here")
        }
        guard let usage = try? certificate.extensions.extendedKeyUsage, usage.contains(.clientAuth) else {
            throw refusal("is not made for clients")
        }
        guard let identity = CertificateIdentity(subject: certificate.subject) else {
            throw refusal("names no user")
        }
        return Verified(user: identity.user, period: CertificatePeriod(certificate))
    }

    private func refusal(_ reason: String) -> APIError {
        APIError(.unauthorized, "the client certificate \(reason)")
    }
}
