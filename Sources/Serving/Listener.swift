// SPDX-License-Identifier: Apache-2.0

import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
import Observing
import ServiceLifecycle

/// Serves a face over HTTP/1.1, and over HTTP/2 when it speaks TLS, until it is asked to stop.
///
/// - A client that goes away cancels its request at once, also one that is idle.
/// - A streamed answer is written only as fast as the client reads.
/// - Cancelled streams and pings of honest clients never end a connection, whatever their number.
/// - A graceful shutdown takes no new connection, cancels streamed answers, and lets the others end.
package final class Listener: Service {
    private let settings: ListenerSettings
    private let handler: any RequestHandler
    private let logger: Logger
    private let bound = BoundPort()
    private let identity = TLSIdentity()

    package init(
        _ settings: ListenerSettings, handler: any RequestHandler, logger: Logger = Logger(label: "serving")
    ) {
        self.settings = settings
        self.handler = handler
        self.logger = logger
    }

    /// Waits until the listener takes connections; throws what kept it from that.
    package func boundPort() async throws -> Int { try await bound.value() }

    /// Shows another certificate to new connections from now on, of a listener that speaks TLS; open ones go on with theirs.
    ///
    /// Throws when the certificate or the key cannot be read, or when they do not belong together; then nothing has changed.
    package func renew(_ tls: ListenerSettings.TLS) throws {
        precondition(settings.tls != nil, "a listener without TLS has no certificate to renew")
        try identity.replace(with: tls)
    }

    /// The kernel takes no more connections, and the server does not say why.
    package struct Stopped: Error {}

    package func run() async throws {
        do {
            try await serve()
            bound.fail(CancellationError())
        } catch {
            bound.fail(error)
            throw error
        }
    }

    private func serve() async throws {
        if let tls = settings.tls, identity.context == nil { try identity.replace(with: tls) }
        // It reports each cancellation as an error.
        var quiet = logger
        quiet.logLevel = .critical
        let server = Server(
            childChannelSetup: HTTPChannel(settings: settings, handler: handler, identity: identity),
            configuration: ServerConfiguration(
                address: .hostname(settings.host, port: settings.port),
                backlog: 4096,
                availableConnectionsDelegate: .maximum(settings.maxConnections, logger: quiet)
            ),
            onServerRunning: { [bound, logger, settings] channel in
                let port = channel.localAddress?.port ?? settings.port
                logger.notice("listening", metadata: [LogKey.host: "\(settings.host)", LogKey.port: "\(port)"])
                bound.succeed(port)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: quiet
        )
        try await server.run()
        guard Task.isCancelled || Task.isShuttingDownGracefully else { throw Stopped() }
    }
}
