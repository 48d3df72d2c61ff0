// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Keeps the news that the server stops from an HTTP/2 stream, whose request may end; the connection takes care of it.
///
/// Without it the stream's reading side would end with the news, as if the client had gone, and cancel the request.
final class QuiescingStopHandler: ChannelInboundHandler {
    typealias InboundIn = Any

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard !(event is ChannelShouldQuiesceEvent) else { return }
        context.fireUserInboundEventTriggered(event)
    }
}
