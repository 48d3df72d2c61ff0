// SPDX-License-Identifier: Apache-2.0

import Crypto
import NIOCore
import NIOSSL

extension Trust {
    /// Throws what the TLS library says about a certificate or key that it cannot read.
    func tlsConfiguration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        switch roots {
        case .system: break
        case .systemAnd(let pem): configuration.additionalTrustRoots = [.certificates(try Self.certificates(pem))]
        case .only(let pem): configuration.trustRoots = .certificates(try Self.certificates(pem))
        case .pinned, .anything: configuration.certificateVerification = .none
        }
        if let identity {
            configuration.certificateChain = try Self.certificates(identity.certificates).map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(identity.privateKey.utf8), format: .pem))
        }
        return configuration
    }

    private static func certificates(_ pem: String) throws -> [NIOSSLCertificate] {
        try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8))
    }

    /// Refuses a new connection whose server does not show the pinned certificate; absent when none is pinned.
    ///
    /// It runs after the handshake and before the connection carries its first request.
    var connectionCheck: (@Sendable (any Channel) -> EventLoopFuture<Void>)? {
        guard case .pinned(let expected) = roots else { return nil }
        return { channel in
            channel.nioSSL_peerCertificate().flatMapThrowing { certificate in
                guard let certificate, Array(SHA256.hash(data: try certificate.toDERBytes())) == expected else {
                    throw NotPinned()
                }
            }
        }
    }

    /// The server showed another certificate than the pinned one, or spoke no TLS.
    struct NotPinned: Error {}
}
