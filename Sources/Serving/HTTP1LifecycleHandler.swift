// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTPTypes

/// Ends a connection of HTTP/1.1: when it idles, when a request dawdles, and after the last answer before a shutdown.
final class HTTP1LifecycleHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    private let idleTimeout: TimeAmount
    /// Until when the client is to act; absent while the server is to.
    private var deadline: NIODeadline?
    /// One timer, which looks at the deadline when it fires: to move a timer with each part of a request would cost more
    /// than the request.
    private var timer: Scheduled<Void>?
    private var openRequests = 0
    private var isReadingRequest = false
    private var isQuiescing = false

    init(idleTimeout: TimeAmount) { self.idleTimeout = idleTimeout }

    func handlerAdded(context: ChannelHandlerContext) { restartTimer(context) }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            openRequests += 1
            isReadingRequest = true
        case .body: break
        case .end: isReadingRequest = false
        }
        restartTimer(context)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        openRequests -= 1
        restartTimer(context)
        guard isQuiescing, openRequests == 0 else { return context.write(data, promise: promise) }
        // Closed only when the bytes are out, else a slow reader would lose the end of its answer.
        let written = promise ?? context.eventLoop.makePromise()
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in context.value.close(promise: nil) }
        context.value.writeAndFlush(data, promise: written)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isQuiescing = true
        if openRequests == 0 { context.close(promise: nil) }
    }

    /// Runs only while the client is to act: between requests, and until a request has arrived as a whole.
    private func restartTimer(_ context: ChannelHandlerContext) {
        guard openRequests == 0 || isReadingRequest else { return deadline = nil }
        let deadline = context.eventLoop.now + idleTimeout
        self.deadline = deadline
        if timer == nil { schedule(deadline, context) }
    }

    private func schedule(_ deadline: NIODeadline, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            handler.fire(context)
        }
    }

    private func fire(_ context: ChannelHandlerContext) {
        timer = nil
        guard let deadline else { return }
        guard deadline <= context.eventLoop.now else { return schedule(deadline, context) }
        context.close(promise: nil)
    }
}
