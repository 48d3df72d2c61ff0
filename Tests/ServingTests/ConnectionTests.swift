// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import NIOPosix
import Serving
import Testing

@Suite("A connection of HTTP/1.1", .timeLimit(.minutes(1)))
struct ConnectionTests {
    let face = Face { Response(status: .ok, body: .bytes(Array($0.path.utf8))) }

    @Test("requests sent at once are answered in turn, and the last one closes")
    func pipelined() async throws {
        let text = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        let answer = try await exchange(text)
        let bodies = answer.split(separator: "\r\n\r\n").dropFirst().map { $0.prefix(2) }
        #expect(bodies == ["/1", "/2"])
    }

    @Test(
        "headers beyond the limit and what is no HTTP are refused",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 70_000))\r\n\r\n", "431"),
            ("NONSENSE\r\n\r\n", "400"),
        ])
    func refused(text: String, status: String) async throws {
        #expect(try await exchange(text).hasPrefix("HTTP/1.1 \(status) "))
    }

    @Test("a client that waits for a go-ahead gets it")
    func expectsContinue() async throws {
        let face = Face { Response(status: .ok, body: .bytes((try? await $0.body.collect(10)) ?? [])) }
        let text = "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
        let answer = try await exchange(text, then: "ok", to: face)
        #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nok"))
    }

    @Test("a client that sends nothing, or half a request, is not kept", arguments: ["", "GET / HT"])
    func idle(text: String) async throws {
        var settings = ListenerSettings()
        settings.idleTimeout = .seconds(5)
        #expect(try await exchange(text, settings: settings) == "")
    }

    /// Sends the text, and the rest after the first answer, and returns all that comes until the server closes.
    private func exchange(
        _ text: String, then rest: String? = nil, settings: ListenerSettings = ListenerSettings(), to face: Face? = nil
    ) async throws -> String {
        let (stream, received) = AsyncStream<String>.makeStream()
        try await withListener(settings, face ?? self.face) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: text))
                var answer = ""
                do {
                    for try await buffer in inbound {
                        if answer.isEmpty, let rest { try await outbound.write(ByteBuffer(string: rest)) }
                        answer += String(buffer: buffer)
                    }
                } catch is IOError {
                    // The kernel resets a connection that is closed with bytes unread.
                }
                received.yield(answer)
            }
        }
        for await answer in stream { return answer }
        return ""
    }
}
