// SPDX-License-Identifier: Apache-2.0

import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOHTTPTypesHTTP2
import NIOSSL
import NIOTLS
import ServiceLifecycle

/// Sets up what the server accepts: TLS and the choice of a protocol, then HTTP/1.1 or HTTP/2.
///
/// The server library has such a channel too, but gives no way to raise the limits of HTTP/2.
struct HTTPChannel: ServerChildChannel {
    typealias Stream = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    enum Connection: Sendable {
        case http1(Stream)
        case http2(NIOHTTP2Handler.AsyncStreamMultiplexer<Stream>)
    }

    /// A connection that was accepted, and that closes when it is dropped, as a server does that stops meanwhile.
    final class Accepted: ServerChildChannelValue {
        let channel: any Channel
        let connection: EventLoopFuture<Connection>

        init(_ channel: any Channel, _ connection: EventLoopFuture<Connection>) {
            self.channel = channel
            self.connection = connection
        }

        deinit { channel.close(promise: nil) }
    }

    private let settings: ListenerSettings
    private let handler: any RequestHandler
    private let identity: TLSIdentity

    init(settings: ListenerSettings, handler: any RequestHandler, identity: TLSIdentity = TLSIdentity()) {
        self.settings = settings
        self.handler = handler
        self.identity = identity
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Accepted> {
        channel.eventLoop.makeCompletedFuture {
            let options = channel.syncOptions
            try options?.setOption(.socketOption(.so_keepalive), value: 1)
            try options?.setOption(.tcpOption(.tcp_nodelay), value: 1)
            guard let tls = identity.context else {
                let stream = try http1(on: channel)
                return Accepted(channel, channel.eventLoop.makeSucceededFuture(.http1(stream)))
            }
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
            return Accepted(channel, try negotiate(on: channel))
        }
    }

    /// Returns when the connection has closed; closes it when the task is cancelled, or when a drain takes too long.
    func handle(value: Accepted, logger: Logger) async {
        let channel = value.channel
        let drainTimeout = TimeAmount(settings.drainTimeout)
        defer { value.channel.close(promise: nil) }
        await withGracefulShutdownHandler {
            await serve(value, logger)
        } onGracefulShutdown: {
            let deadline = channel.eventLoop.scheduleTask(in: drainTimeout) { channel.close(promise: nil) }
            channel.closeFuture.whenComplete { _ in deadline.cancel() }
        }
    }

    private func serve(_ accepted: Accepted, _ logger: Logger) async {
        guard let connection = try? await accepted.connection.get() else { return }
        if Task.isShuttingDownGracefully {
            // While the protocol was being chosen there was nobody to hear the server's request to stop.
            accepted.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
        let conversation = Conversation(
            handler: handler, peer: await Peer(accepted.channel), stallTimeout: settings.stallTimeout, logger: logger)
        switch connection {
        case .http1(let stream):
            await conversation.run(on: stream)
        case .http2(let multiplexer):
            try? await withThrowingDiscardingTaskGroup { group in
                for try await stream in multiplexer.inbound {
                    group.addTask { await conversation.run(on: stream) }
                }
            }
        }
    }

    /// Waits for the client's choice, but not for ever.
    private func negotiate(on channel: any Channel) throws -> EventLoopFuture<Connection> {
        let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Connection> { result, channel in
            channel.eventLoop.makeCompletedFuture {
                switch result {
                case .negotiated("h2"): .http2(try http2(on: channel))
                case .negotiated("http/1.1"), .fallback: .http1(try http1(on: channel))
                case .negotiated: throw NIOHTTP2Errors.invalidALPNToken()
                }
            }
        }
        try channel.pipeline.syncOperations.addHandler(negotiation)
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(settings.handshakeTimeout)) {
            channel.close(promise: nil)
        }
        let result = negotiation.protocolNegotiationResult
        result.whenComplete { _ in deadline.cancel() }
        result.whenFailure { _ in channel.close(promise: nil) }
        return result
    }

    private func http1(on channel: any Channel) throws -> Stream {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = settings.maxHeaderSize
        limits.maxHeaderListSize = settings.maxHeaderSize
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: settings.tls != nil))
        try pipeline.addHandler(HTTP1LifecycleHandler(idleTimeout: TimeAmount(settings.idleTimeout)))
        return try Stream.kept(on: channel, .init(isOutboundHalfClosureEnabled: true))
    }

    private func http2(on channel: any Channel) throws -> NIOHTTP2Handler.AsyncStreamMultiplexer<Stream> {
        let lifecycle = NIOHTTP2ServerConnectionManagementHandler(
            eventLoop: channel.eventLoop,
            configuration: .init(
                maxIdleTime: TimeAmount(settings.idleTimeout),
                maxAge: nil,
                maxGraceTime: TimeAmount(settings.drainTimeout),
                keepalive: .init(pingInterval: TimeAmount(settings.keepalive), ackTimeout: .seconds(20))
            ))
        // With it the end of the client's side would be an event that nobody hears.
        try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        let pipeline = channel.pipeline.syncOperations
        let multiplexer = try pipeline.configureAsyncHTTP2Pipeline(
            mode: .server, streamDelegate: lifecycle.http2StreamDelegate,
            configuration: .raised(maxHeaderSize: settings.maxHeaderSize)
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(QuiescingStopHandler())
                try stream.pipeline.syncOperations.addHandler(HTTP2FramePayloadToHTTPServerCodec())
                return try Stream.kept(on: stream)
            }
        }
        try pipeline.addHandler(lifecycle)
        try pipeline.addHandler(HTTP2EndHandler())
        return multiplexer
    }
}

extension NIOAsyncChannel {
    /// One that lives as long as its channel: whoever drops it unused, as a cancelled loop over accepted ones does, must
    /// not be the last to hold it, for that ends the process.
    fileprivate static func kept(on channel: any Channel, _ configuration: Configuration = .init()) throws -> Self {
        let stream = try Self(wrappingChannelSynchronously: channel, configuration: configuration)
        channel.closeFuture.whenComplete { _ in withExtendedLifetime(stream) {} }
        return stream
    }
}
