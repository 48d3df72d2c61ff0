// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import Observing

/// Reads requests and has them answered: those of a connection of HTTP/1.1 in turn, or the one of an HTTP/2 stream.
///
/// It reads on while an answer is made, so that the end of the client's side is seen at once and cancels the answer.
struct Conversation: Sendable {
    let handler: any RequestHandler
    let peer: Peer
    let stallTimeout: Duration
    let logger: Logger

    func run(on channel: HTTPChannel.Stream) async {
        await withTaskExecutorPreference(EventLoopExecutor(channel.channel.eventLoop)) { await converse(on: channel) }
    }

    private func converse(on channel: HTTPChannel.Stream) async {
        do {
            try await channel.executeThenClose { inbound, outbound in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    do {
                        try await read(inbound, of: channel.channel, outbound, in: &group)
                    } catch let error as HTTPParserError {
                        try await refuse(error, to: outbound)
                    }
                    group.cancelAll()
                }
            }
        } catch {
            logger.trace("connection ended", metadata: [LogKey.error: "\(error)"])
        }
    }

    private func read(
        _ inbound: NIOAsyncChannelInboundStream<HTTPRequestPart>, of channel: any Channel, _ outbound: Answer.Outbound,
        in group: inout ThrowingTaskGroup<Void, any Error>
    ) async throws {
        var body: IncomingBody?
        // Whoever waits for the rest of a body must hear that it never comes.
        defer { body?.fail() }
        for try await part in inbound {
            switch part {
            case .head(let head):
                try await group.next()
                let incoming = IncomingBody()
                body = incoming
                let answer = Answer(
                    head: head, body: incoming, channel: channel, outbound: outbound, stallTimeout: stallTimeout)
                group.addTask { await answer.give(from: handler, to: peer) }
            case .body(let buffer): try await body?.receive(buffer)
            case .end: body?.finish()
            }
        }
    }

    private func refuse(_ error: HTTPParserError, to outbound: Answer.Outbound) async throws {
        let status: HTTPResponse.Status = error == .headerOverflow ? .requestHeaderFieldsTooLarge : .badRequest
        let head = HTTPResponse(status: status, headerFields: [.connection: "close", .contentLength: "0"])
        try await outbound.write(contentsOf: [.head(head), .end(nil)])
    }
}
