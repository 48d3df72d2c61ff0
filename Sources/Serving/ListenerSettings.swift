// SPDX-License-Identifier: Apache-2.0

/// Where a listener listens, and how much it takes from one client.
package struct ListenerSettings: Sendable {
    package var host: String
    /// 0 takes any free port; `Listener.boundPort()` says which.
    package var port: Int
    /// Without it the listener speaks plain HTTP/1.1.
    package var tls: TLS?
    /// A connection without a request is closed after this long.
    package var idleTimeout: Duration = .seconds(180)
    /// Within it a client has to finish the TLS handshake.
    package var handshakeTimeout: Duration = .seconds(10)
    /// After it a client that answers no HTTP/2 ping counts as gone.
    package var keepalive: Duration = .seconds(30)
    /// How long open requests may still run after the listener was asked to stop.
    package var drainTimeout: Duration = .seconds(20)
    /// A client that takes nothing of a streamed answer for this long, or at most twice as long, is cut off.
    package var stallTimeout: Duration = .seconds(60)
    /// For all headers of one request, in bytes.
    package var maxHeaderSize = 64 * 1024
    /// Further connections wait in the kernel's queue.
    package var maxConnections = 10_000

    package init(host: String = "127.0.0.1", port: Int = 0, tls: TLS? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
    }
}

extension ListenerSettings {
    /// Who we are, and whose certificates we accept from clients.
    package struct TLS: Sendable, CustomStringConvertible {
        /// The certificate and what leads from it to its root, in PEM.
        package var certificates: String
        /// In PEM.
        package var privateKey: String
        /// The roots that sign our clients' certificates, in PEM; without them no client is asked for one.
        package var clientRoots: String?

        package init(certificates: String, privateKey: String, clientRoots: String? = nil) {
            self.certificates = certificates
            self.privateKey = privateKey
            self.clientRoots = clientRoots
        }

        /// Nothing of the key.
        package var description: String { clientRoots == nil ? "TLS" : "TLS with client certificates" }
    }
}
