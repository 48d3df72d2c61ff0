// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Testing

@testable import Serving

@Suite("A connection", .timeLimit(.minutes(1)))
struct HTTP2ConnectionTests {
    typealias Client = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    let face = Face { _ in Response(status: .ok) }

    @Test("of HTTP/2 ends when the client closes its side")
    func halfClosed() async throws {
        try await withListener(ListenerSettings(tls: Fixture.tls()), face) { port in
            try await connect(port).executeThenClose { inbound, outbound in
                var bytes = inbound.makeAsyncIterator()
                #expect(try await bytes.next() != nil, "the server's settings")
                outbound.finish()
                try await end(of: &bytes)
            }
        }
    }

    @Test("of HTTP/2 ends with its listener")
    func listenerCancelled() async throws {
        let listener = Listener(ListenerSettings(tls: try Fixture.tls()), handler: face)
        let running = Task { try await listener.run() }
        try await connect(try await listener.boundPort()).executeThenClose { inbound, _ in
            var bytes = inbound.makeAsyncIterator()
            #expect(try await bytes.next() != nil, "the server's settings")
            running.cancel()
            try await end(of: &bytes)
        }
        _ = await running.result
    }

    @Test("that a stopping server drops unserved is closed")
    func dropped() async throws {
        try await withListener(ListenerSettings(), face) { port in
            let server = HTTPChannel(settings: ListenerSettings(), handler: face)
            let dropped = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { server.setup(channel: $0, logger: Logger(label: "test")).map { _ in } }
                .connect(host: "127.0.0.1", port: port).get()
            try await dropped?.closeFuture.get()
        }
    }

    @Test("that a client leaves idle does not keep a graceful stop waiting for ever")
    func drainTimeout() async throws {
        var settings = ListenerSettings(tls: try Fixture.tls())
        settings.drainTimeout = .milliseconds(200)
        let listener = Listener(settings, handler: face)
        let group = ServiceGroup(services: [listener], logger: Logger(label: "test"))
        let running = Task { try await group.run() }
        // This client never answers the server's question whether it has heard of the stop.
        try await connect(try await listener.boundPort()).executeThenClose { inbound, _ in
            var bytes = inbound.makeAsyncIterator()
            #expect(try await bytes.next() != nil, "the server's settings")
            await group.triggerGracefulShutdown()
            try await end(of: &bytes)
            try await running.value
        }
    }

    /// The end must come from the server's own doing, not from the time-out of an idle connection.
    private func end(of bytes: inout NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) async throws {
        let start = ContinuousClock.now
        do { while try await bytes.next() != nil {} } catch is IOError {} catch is NIOSSLError {}
        #expect(!Task.isCancelled && ContinuousClock.now - start < .seconds(25))
    }

    /// A client that speaks TLS, has chosen HTTP/2, and says nothing.
    private func connect(_ port: Int) async throws -> Client {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(try Fixture.text("root.pem").utf8)))
        tls.applicationProtocols = ["h2"]
        let context = try NIOSSLContext(configuration: tls)
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return try Client(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
    }
}
