// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// Signs the certificates of our servers and of our users; keys are P-256.
///
/// Whoever holds its key can be anybody: keep `keyPEM` in the encrypted store only.
package struct CertificateAuthority: Sendable {
    let certificate: Certificate
    let key: Certificate.PrivateKey

    /// Makes a new authority, good for `lifetime` seconds from `now` (seconds since 1970).
    package init(name: String, now: Int64, lifetime: Int64 = 3650 * CertificatePeriod.day) throws {
        key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try DistinguishedName { CommonName(name) }
        let period = CertificatePeriod(issuedAt: now, lifetime: lifetime)
        let identifier = SubjectKeyIdentifier(hash: key.publicKey)
        certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: period.firstDate, notValidAfter: period.lastDate, issuer: subject, subject: subject,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                identifier
            },
            issuerPrivateKey: key)
    }

    /// Reads an authority that was kept; throws when the texts are no PEM or the key is not the certificate's.
    package init(certificatePEM: String, keyPEM: String) throws {
        certificate = try Certificate(pemEncoded: certificatePEM)
        key = try Certificate.PrivateKey(pemEncoded: keyPEM)
        guard key.publicKey == certificate.publicKey else { throw CertificateError.keyOfAnother }
    }

    /// What clients must trust; no secret.
    package var certificatePEM: String {
        get throws { try certificate.serializeAsPEM().pemString }
    }

    /// The secret half.
    package var keyPEM: String {
        get throws { try key.serializeAsPEM().pemString }
    }

    package var period: CertificatePeriod { CertificatePeriod(certificate) }
}

/// What can be wrong with certificates that are given to us by the operator or the store.
package enum CertificateError: Error, Hashable, Sendable {
    /// The private key does not belong to the certificate.
    case keyOfAnother
    /// A text that should be an IP address is none.
    case address(String)
}

/// When a certificate is good, in seconds since 1970.
package struct CertificatePeriod: Hashable, Sendable {
    package var first: Int64
    package var last: Int64

    static let day: Int64 = 86400
    /// Clocks of clients may be a little behind ours.
    private static let leeway: Int64 = 300

    init(issuedAt now: Int64, lifetime: Int64) {
        first = now - Self.leeway
        last = now + lifetime
    }

    init(_ certificate: Certificate) {
        first = Int64(certificate.notValidBefore.timeIntervalSince1970)
        last = Int64(certificate.notValidAfter.timeIntervalSince1970)
    }

    /// Reads the period of a certificate in PEM.
    package init(certificatePEM: String) throws { self.init(try Certificate(pemEncoded: certificatePEM)) }

    package func contains(_ now: Int64) -> Bool { (first...last).contains(now) }

    /// True in the last third of the certificate's life: time enough to replace it before anybody notices.
    package func needsRenewal(at now: Int64) -> Bool { now >= last - (last - first) / 3 }

    var firstDate: Date { Date(timeIntervalSince1970: Double(first)) }
    var lastDate: Date { Date(timeIntervalSince1970: Double(last)) }
}
