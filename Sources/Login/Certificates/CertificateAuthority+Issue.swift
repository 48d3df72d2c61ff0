// SPDX-License-Identifier: Apache-2.0

import Crypto
package import Resources
import SwiftASN1
import X509

/// A certificate with its secret key, both in PEM.
package struct IssuedCertificate: Sendable {
    package let certificatePEM: String
    package let keyPEM: String
    package let period: CertificatePeriod
}

extension CertificateAuthority {
    /// Issues a server certificate, good for `localhost`, the loopback addresses, and these host names and IP addresses.
    ///
    /// Throws `CertificateError.address` for an address that is none.
    package func serverCertificate(
        hosts: [String] = [], addresses: [String] = [], now: Int64, lifetime: Int64 = 365 * CertificatePeriod.day
    ) throws -> IssuedCertificate {
        let names = (["localhost"] + hosts).map(GeneralName.dnsName)
        let octets = try (["127.0.0.1", "::1"] + addresses).map { text in
            guard let bytes = IPAddress.bytes(text) else { throw CertificateError.address(text) }
            return GeneralName.ipAddress(ASN1OctetString(contentBytes: bytes[...]))
        }
        return try issue(
            subject: DistinguishedName { CommonName(hosts.first ?? "localhost") }, usage: .serverAuth,
            names: names + octets, now: now, lifetime: lifetime)
    }

    /// Issues a certificate that logs a user in; valid in the user's organization only, when there is one.
    package func clientCertificate(
        for user: UserInfo, now: Int64, lifetime: Int64 = 365 * CertificatePeriod.day
    ) throws -> IssuedCertificate {
        try issue(
            subject: CertificateIdentity(user).subject, usage: .clientAuth, names: [], now: now, lifetime: lifetime)
    }

    private func issue(
        subject: DistinguishedName, usage: ExtendedKeyUsage.Usage, names: [GeneralName], now: Int64, lifetime: Int64
    ) throws -> IssuedCertificate {
        let leafKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
        var period = CertificatePeriod(issuedAt: now, lifetime: lifetime)
        period.last = min(period.last, self.period.last)
        let usages = try ExtendedKeyUsage([usage])
        let authority = AuthorityKeyIdentifier(
            keyIdentifier: SubjectKeyIdentifier(hash: certificate.publicKey).keyIdentifier)
        let leaf = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: leafKey.publicKey,
            notValidBefore: period.firstDate, notValidAfter: period.lastDate, issuer: certificate.subject,
            subject: subject,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                usages
                authority
                if !names.isEmpty { SubjectAlternativeNames(names) }
            },
            issuerPrivateKey: key)
        return try IssuedCertificate(
            certificatePEM: leaf.serializeAsPEM().pemString, keyPEM: leafKey.serializeAsPEM().pemString, period: period)
    }
}
