// SPDX-License-Identifier: Apache-2.0

import Crypto
import NIOSSL

extension TestCertificate {
    static var fingerprint: [UInt8] {
        get throws {
            Array(SHA256.hash(data: try NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem).toDERBytes()))
        }
    }

    static func serverContext() throws -> NIOSSLContext {
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(privateKey.utf8), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key)))
    }
}
