// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback that reads one request's head and then does what its script says, byte for byte.
final class ScriptedServer: Sendable {
    enum Line: Sendable {
        case write(String)
        case close
        case hang
    }

    private let channel: any Channel
    private let heads: Heads
    let port: Int

    /// The request heads that came, in order.
    var requests: [String] { heads.list.withLock { $0 } }

    static func start(_ script: [Line], tls: NIOSSLContext? = nil) async throws -> ScriptedServer {
        let heads = Heads()
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Handler(script: script, heads: heads))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedServer(channel: channel, heads: heads, port: channel.localAddress?.port ?? 0)
    }

    private init(channel: any Channel, heads: Heads, port: Int) {
        self.channel = channel
        self.heads = heads
        self.port = port
    }

    deinit { channel.close(promise: nil) }

    private final class Heads: Sendable {
        let list = Mutex<[String]>([])
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let script: [Line]
        private let heads: Heads
        private var text = ""

        init(script: [Line], heads: Heads) {
            self.script = script
            self.heads = heads
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard text.contains("\r\n\r\n") else { return }
            heads.list.withLock { $0.append(text) }
            text = ""
            for line in script {
                switch line {
                case .write(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                case .close: context.close(promise: nil)
                case .hang: return
                }
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
