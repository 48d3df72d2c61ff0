// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import HTTPTypes
import Logging
import NIOCore
import ServiceLifecycle
import Serving
import Testing

@Suite("Streamed answers", .timeLimit(.minutes(1)))
struct StreamingTests {
    /// Sends one line, then waits for its end, as an idle watch does.
    struct Watch: RequestHandler {
        let open = Counter()
        let closed = Counter()

        func respond(to request: Request) async -> Response {
            guard request.path == "/watch" else { return Response(status: .ok, body: .bytes(Array("ok".utf8))) }
            return Response(
                status: .ok,
                body: .stream { writer in
                    open.add()
                    defer { closed.add() }
                    try await writer.write(Array("first\n".utf8))
                    try? await Task.sleep(for: .seconds(3600))
                })
        }
    }

    @Test("a client that goes away cancels its idle stream at once", arguments: [true, false])
    func disconnect(http1Only: Bool) async throws {
        let watch = Watch()
        try await withListener(ListenerSettings(tls: Fixture.tls()), watch) { port in
            try await withClient(http1Only: http1Only) { client in
                let reading = Task {
                    for try await _ in try await client.get("https://localhost:\(port)/watch").body {}
                }
                try await eventually { watch.open.value == 1 }
                #expect(watch.closed.value == 0)
                reading.cancel()
                try await eventually { watch.closed.value == 1 }
            }
        }
    }

    @Test("six hundred cancelled streams leave their HTTP/2 connection alone")
    func manyCancelled() async throws {
        let watch = Watch()
        try await withListener(ListenerSettings(tls: Fixture.tls()), watch) { port in
            try await withClient { client in
                let long = try await client.get("https://localhost:\(port)/watch")
                var lines = long.body.makeAsyncIterator()
                #expect(try await lines.next() == ByteBuffer(string: "first\n"))
                for round in 1...600 {
                    // Dropping the answer unread resets its stream.
                    _ = try await client.get("https://localhost:\(port)/watch").status
                    if round % 50 == 0 { try await eventually { watch.closed.value == round } }
                }
                #expect(try await client.text("https://localhost:\(port)/") == "ok")
                #expect(watch.closed.value == 600, "the long watch still runs")
            }
        }
    }

    @Test("a stream that fails does not look like a whole answer", arguments: [true, false])
    func broken(http1Only: Bool) async throws {
        let face = Face { _ in
            Response(
                status: .ok,
                body: .stream { writer in
                    try await writer.write(Array("half".utf8))
                    throw CancellationError()
                })
        }
        try await withListener(ListenerSettings(tls: Fixture.tls()), face) { port in
            try await withClient(http1Only: http1Only) { client in
                await #expect(throws: (any Error).self) { try await client.text("https://localhost:\(port)/") }
            }
        }
    }

    @Test(
        "a stream is written only as fast as it is read, from whatever thread", arguments: [true, false], [true, false])
    func backPressure(http1Only: Bool, fromElsewhere: Bool) async throws {
        let written = Counter()
        let face = Face { _ in
            Response(
                status: .ok,
                body: .stream { writer in
                    try await withTaskExecutorPreference(fromElsewhere ? globalConcurrentExecutor : nil) {
                        for _ in 0..<4096 {
                            try await writer.write([UInt8](repeating: 7, count: 64 * 1024))
                            written.add()
                        }
                    }
                })
        }
        try await withListener(ListenerSettings(tls: Fixture.tls()), face) { port in
            try await withClient(http1Only: http1Only) { client in
                let response = try await client.get("https://localhost:\(port)/")
                try await settles(written)
                #expect(written.value < 4096, "what the kernel and the client buffer")
                let before = written.value
                var body = response.body.makeAsyncIterator()
                while written.value <= before, try await body.next() != nil {}
                #expect(written.value > before, "reading lets it write on")
            }
        }
    }

    @Test("a client that takes nothing of a stream is cut off, and an idle stream is not", arguments: [true, false])
    func stalled(http1Only: Bool) async throws {
        let ended = Counter()
        let watch = Watch()
        let face = Face { request in
            guard request.path == "/flood" else { return await watch.respond(to: request) }
            return Response(
                status: .ok,
                body: .stream { writer in
                    defer { ended.add() }
                    while true { try await writer.write([UInt8](repeating: 7, count: 64 * 1024)) }
                })
        }
        var settings = ListenerSettings(tls: try Fixture.tls())
        settings.stallTimeout = .seconds(1)
        try await withListener(settings, face) { port in
            try await withClient(http1Only: http1Only) { client in
                let idle = try await client.get("https://localhost:\(port)/watch")
                try await eventually { watch.open.value == 1 }
                let unread = try await client.get("https://localhost:\(port)/flood")
                try await eventually { ended.value == 1 }
                #expect(watch.closed.value == 0, "who has nothing to take is left alone")
                await #expect(throws: (any Error).self, "it does not look like a whole answer") {
                    for try await _ in unread.body {}
                }
                withExtendedLifetime(idle) {}
            }
        }
    }

    @Test("a graceful stop ends streams and lets answers end", arguments: [true, false])
    func drain(http1Only: Bool) async throws {
        let watch = Watch()
        let (release, releasing) = AsyncStream<Void>.makeStream()
        let inside = Counter()
        let face = Face { request in
            guard request.path == "/slow" else { return await watch.respond(to: request) }
            inside.add()
            for await _ in release { break }
            return Response(status: .ok, body: .bytes(Array((Task.isCancelled ? "cancelled" : "whole").utf8)))
        }
        let listener = Listener(ListenerSettings(tls: try Fixture.tls()), handler: face)
        let group = ServiceGroup(services: [listener], logger: Logger(label: "test"))
        try await withClient(http1Only: http1Only) { client in
            try await withThrowingTaskGroup(of: String.self) { tasks in
                tasks.addTask {
                    try await group.run()
                    return "stopped"
                }
                let port = try await listener.boundPort()
                tasks.addTask { try await client.text("https://localhost:\(port)/watch") }
                tasks.addTask { try await client.text("https://localhost:\(port)/slow") }
                try await eventually { watch.open.value == 1 && inside.value == 1 }
                await group.triggerGracefulShutdown()
                #expect(try await tasks.next() == "first\n")
                releasing.finish()
                // Both end at once, in either order.
                let ends = [try await tasks.next(), try await tasks.next()]
                #expect(ends.contains("whole") && ends.contains("stopped"))
            }
        }
    }

    @Test("an idle connection does not delay a graceful stop", arguments: [true, false])
    func drainIdle(http1Only: Bool) async throws {
        let listener = Listener(ListenerSettings(tls: try Fixture.tls()), handler: Watch())
        let group = ServiceGroup(services: [listener], logger: Logger(label: "test"))
        let running = Task { try await group.run() }
        let port = try await listener.boundPort()
        try await withClient(http1Only: http1Only) { client in
            #expect(try await client.text("https://localhost:\(port)/") == "ok")
            let start = ContinuousClock.now
            await group.triggerGracefulShutdown()
            try await running.value
            #expect(ContinuousClock.now - start < ListenerSettings().drainTimeout, "not only the time-out ends it")
        }
    }

    private func settles(_ counter: Counter) async throws {
        var last = -1
        while counter.value == 0 || counter.value != last {
            last = counter.value
            try await Task.sleep(for: .milliseconds(300))
        }
    }
}
