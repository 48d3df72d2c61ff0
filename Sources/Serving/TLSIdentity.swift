// SPDX-License-Identifier: Apache-2.0

import NIOSSL
import Synchronization

/// The certificate and the key that new connections see; open ones keep theirs.
final class TLSIdentity: Sendable {
    private let current = Mutex<NIOSSLContext?>(nil)

    /// Absent where the listener speaks plain HTTP.
    var context: NIOSSLContext? { current.withLock { $0 } }

    /// Throws when a certificate or the key cannot be read, or when they do not belong together; then nothing has changed.
    func replace(with tls: ListenerSettings.TLS) throws {
        let context = try tls.context()
        current.withLock { $0 = context }
    }
}
