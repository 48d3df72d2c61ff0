// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Login
import Resources
import Stores

/// The certificate authority and the keys of service-account tokens.
///
/// They live in the store as Secrets of the namespace `scs-system` at the root, encrypted, so that replicas share one key
/// file and nothing else. Whoever starts first makes them.
struct KeyMaterial: Sendable {
    let authority: CertificateAuthority
    let tokenKeys: TokenKeyRing

    static let namespace = "scs-system"

    /// Reads the keys, or makes and keeps them; a replica that is faster wins.
    init(in store: any Store, now: @escaping @Sendable () -> Int64) async throws {
        let vault = Vault(store: store, now: now)
        let now = now()
        let authority = try await vault.keep("certificate-authority") {
            let made = try CertificateAuthority(name: "SCS Central", now: now)
            return try ["ca.crt": made.certificatePEM, "ca.key": made.keyPEM]
        }
        self.authority = try CertificateAuthority(
            certificatePEM: authority["ca.crt"] ?? "", keyPEM: authority["ca.key"] ?? "")
        tokenKeys = try await TokenKeyRing(vault)
    }

    /// A Secret of ours that somebody has changed into something else.
    struct Damaged: Error, CustomStringConvertible {
        let name: String
        var description: String {
            "the secret \(namespace)/\(name) cannot be read; restore it, or delete it to have a new one made"
        }
    }
}
