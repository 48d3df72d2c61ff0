// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOSSL

/// Who is at the other end of a connection.
struct Peer: Sendable {
    /// In DER; only a certificate that our roots signed gets this far.
    let certificate: [UInt8]?
    let address: String

    /// Reads it once the handshake is over.
    init(_ connection: any Channel) async {
        address = connection.remoteAddress.map { $0.ipAddress ?? $0.description } ?? ""
        let certificate = try? await connection.nioSSL_peerCertificate().get()
        self.certificate = try? certificate?.toDERBytes()
    }
}
