// SPDX-License-Identifier: Apache-2.0

/// Which servers are believed, and who we are to them.
package struct Trust: Hashable, Sendable {
    /// How a server's certificate is judged.
    package enum Roots: Hashable, Sendable {
        /// The machine's own roots.
        case system
        /// The machine's own roots and these, in PEM.
        case systemAnd(pem: String)
        /// Only these, in PEM.
        case only(pem: String)
        /// The one certificate with this SHA-256 over its DER form, whatever its name, issuer and dates.
        case pinned(sha256: [UInt8])
        /// Any certificate: for a laboratory.
        case anything
    }

    /// The certificate that we show a server which asks for one; both in PEM.
    package struct Identity: Hashable, Sendable {
        package var certificates: String
        package var privateKey: String

        package init(certificates: String, privateKey: String) {
            self.certificates = certificates
            self.privateKey = privateKey
        }
    }

    package var roots: Roots
    package var identity: Identity?

    package init(_ roots: Roots = .system, identity: Identity? = nil) {
        self.roots = roots
        self.identity = identity
    }
}

extension Trust.Identity: CustomStringConvertible, CustomReflectable {
    /// Never the key.
    package var description: String { "client certificate" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
