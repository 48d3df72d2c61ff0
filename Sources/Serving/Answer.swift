// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import NIOCore
import NIOHTTPTypes
import ServiceLifecycle
import Synchronization

/// One request on its way to the handler, and the handler's answer on its way back.
struct Answer: Sendable {
    typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPResponsePart>

    let head: HTTPRequest
    let body: IncomingBody
    let channel: any Channel
    let outbound: Outbound
    /// A client that takes nothing for so long is cut off.
    let stallTimeout: Duration

    func give(from handler: any RequestHandler, to peer: Peer) async {
        let request = request(from: peer)
        let response = await handler.respond(to: request).encoded(for: head)
        do {
            try await write(response, id: request.id)
            body.abandon()
            if head.headerFields[.connection]?.lowercased() == "close" { outbound.finish() }
        } catch {
            // An answer that broke off must not look like a whole one.
            body.abandon()
            channel.close(promise: nil)
        }
    }

    private func request(from peer: Peer) -> Request {
        let target = head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let expectsContinue = head.headerFields[.expect]?.lowercased() == "100-continue"
        return Request(
            method: head.method,
            path: String(parts.first ?? "/"),
            query: parts.count > 1 ? String(parts[1]) : "",
            headers: head.headerFields,
            body: RequestBody { [body, outbound] limit in
                if expectsContinue, body.isUntouched {
                    try await outbound.write(.head(HTTPResponse(status: .continue)))
                }
                return try await body.collect(limit)
            },
            peerCertificate: peer.certificate,
            remoteAddress: peer.address,
            authority: head.authority ?? "",
            id: UUID().uuidString.lowercased()
        )
    }

    private func write(_ response: Response, id: String) async throws {
        var answer = HTTPResponse(status: response.status, headerFields: response.headers)
        if answer.headerFields[.date] == nil { answer.headerFields[.date] = HTTPDate.text(of: Date()) }
        if answer.headerFields[.requestID] == nil { answer.headerFields[.requestID] = id }
        switch response.body {
        case .bytes(let bytes):
            if !answer.status.forbidsBody { answer.headerFields[.contentLength] = String(bytes.count) }
            guard head.method != .head, !answer.status.forbidsBody, !bytes.isEmpty else {
                return try await outbound.write(contentsOf: [.head(answer), .end(nil)])
            }
            let parts: [HTTPResponsePart] = [.head(answer), .body(ByteBuffer(bytes: bytes)), .end(nil)]
            guard bytes.count > Self.smallBody else { return try await outbound.write(contentsOf: parts) }
            try await unlessStalled { stall in
                try await stall.write { try await outbound.write(contentsOf: parts) }
            }
        case .stream(let stream):
            try await outbound.write(.head(answer))
            if head.method != .head {
                try await unlessStalled { stall in
                    let writer = StreamWriter(outbound: outbound, loop: channel.eventLoop, stall: stall)
                    try await cancelWhenGracefulShutdown { try await stream(writer) }
                    let last = writer.last.withLock { $0 }
                    if !last.isEmpty { try await writer.write(last) }
                }
            }
            try await outbound.write(.end(nil))
        }
    }

    /// In bytes: what fits into the buffers of a connection and needs no watching.
    private static let smallBody = 32 << 10

    private func unlessStalled(_ body: (StallWatch) async throws -> Void) async throws {
        let stall = StallWatch()
        try await stall.cutOff(channel, after: TimeAmount(stallTimeout)) { try await body(stall) }
    }
}

private final class StreamWriter: ResponseWriter {
    let outbound: Answer.Outbound
    let last = Mutex<[UInt8]>([])
    private let loop: any EventLoop
    private let stall: StallWatch

    init(outbound: Answer.Outbound, loop: any EventLoop, stall: StallWatch) {
        self.outbound = outbound
        self.loop = loop
        self.stall = stall
    }

    func leave(_ bytes: [UInt8]) { last.withLock { $0 = bytes } }

    func write(_ bytes: [UInt8]) async throws {
        try await stall.write {
            guard !loop.inEventLoop else { return try await send(bytes) }
            // What other threads write lines up before the loop, and nobody is held back until it gets to it.
            try await withTaskExecutorPreference(EventLoopExecutor(loop)) { try await send(bytes) }
        }
    }

    private func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(.body(ByteBuffer(bytes: bytes)))
    }
}

extension HTTPResponse.Status {
    fileprivate var forbidsBody: Bool { kind == .informational || self == .noContent || self == .notModified }
}
