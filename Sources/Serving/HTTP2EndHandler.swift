// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP2

/// Closes an HTTP/2 connection that is over as far as the protocol goes.
///
/// A server that says goodbye on a connection without open streams is at its end at once, and then takes the client's
/// answer to its ping for an error, though `NIOHTTP2ServerConnectionManagementHandler` waits for that answer to close.
final class HTTP2EndHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is NIOHTTP2Errors.IOOnClosedConnection else { return context.fireErrorCaught(error) }
        context.close(promise: nil)
    }
}
