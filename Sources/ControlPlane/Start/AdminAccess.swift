// SPDX-License-Identifier: Apache-2.0

import Login
import Resources

/// The provider administrator's way in: a client certificate of our own authority, in a kubeconfig of the data folder.
struct AdminAccess: Sendable {
    let folder: DataFolder
    let authority: CertificateAuthority
    /// `https://HOST:PORT`.
    let server: String

    static let user = UserInfo(name: "admin", groups: ["system:masters"])

    /// Writes the authority's certificate and the kubeconfig anew: the port may be another one, and the certificate fresh.
    ///
    /// Returns how long it is good.
    func write(organizations: [String], current: String?, namespace: String?, now: Int64) throws -> CertificatePeriod {
        let certificate = try authority.clientCertificate(for: Self.user, now: now)
        let kubeconfig = try Kubeconfig(
            server: server, authorityPEM: authority.certificatePEM, user: Self.user.name,
            certificate: certificate, organizations: organizations,
            current: current, namespace: namespace)
        try folder.write(authority.certificatePEM, to: folder.certificate)
        try folder.write(kubeconfig.text, to: folder.adminKubeconfig)
        return certificate.period
    }
}
