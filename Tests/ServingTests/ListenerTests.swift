// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import Serving
import Testing

@Suite("Listener", .timeLimit(.minutes(1)))
struct ListenerTests {
    let echo = Face { request in
        let body = (try? await request.body.collect(1 << 20)) ?? []
        let text = "\(request.method) \(request.path) [\(request.query)] \(String(decoding: body, as: UTF8.self))"
        return Response(status: .ok, headers: [.contentType: "text/plain"], body: .bytes(Array(text.utf8)))
    }

    @Test("a request arrives as it was sent, in either HTTP version", arguments: [true, false])
    func echoes(http1Only: Bool) async throws {
        try await withListener(ListenerSettings(tls: Fixture.tls()), echo) { port in
            try await withClient(http1Only: http1Only) { client in
                var request = HTTPClientRequest(url: "https://localhost:\(port)/a%2Fb/c?x=1&y=%20")
                request.method = .POST
                request.body = .bytes(ByteBuffer(string: "hello"))
                let response = try await client.execute(request, timeout: .seconds(50))
                #expect(response.version == (http1Only ? .http1_1 : .http2))
                #expect(
                    String(buffer: try await response.body.collect(upTo: 1000)) == "POST /a%2Fb/c [x=1&y=%20] hello")
            }
        }
    }

    @Test("every answer says its date, its length and the request's id")
    func headers() async throws {
        try await withListener(ListenerSettings(), echo) { port in
            try await withClient { client in
                let first = try await client.get("http://127.0.0.1:\(port)/")
                let second = try await client.get("http://127.0.0.1:\(port)/")
                #expect(first.headers["content-length"] == ["9"])
                #expect(first.headers["date"].first?.hasSuffix(" GMT") == true)
                #expect(first.headers["x-request-id"].count == 1)
                #expect(first.headers["x-request-id"] != second.headers["x-request-id"])
            }
        }
    }

    @Test("HEAD and 204 have no body", arguments: [(HTTPMethod.HEAD, "/"), (.GET, "/204")])
    func bodyless(method: HTTPMethod, path: String) async throws {
        let face = Face { $0.path == "/204" ? Response(status: .noContent) : Response(status: .ok, body: .bytes([65])) }
        try await withListener(ListenerSettings(), face) { port in
            try await withClient { client in
                var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
                request.method = method
                for _ in 1...2 {
                    let response = try await client.execute(request, timeout: .seconds(50))
                    #expect(try await response.body.collect(upTo: 10).readableBytes == 0)
                    #expect(response.headers["content-length"] == (method == .HEAD ? ["1"] : []))
                }
            }
        }
    }

    @Test("a body beyond the limit is refused, and the next request is served", arguments: [true, false])
    func tooLarge(http1Only: Bool) async throws {
        let face = Face { request in
            do {
                return Response(status: .ok, body: .bytes(Array("\(try await request.body.collect(1000).count)".utf8)))
            } catch let error as RequestBody.TooLarge {
                return Response(status: .contentTooLarge, body: .bytes(Array("\(error.limit)".utf8)))
            } catch { return Response(status: .internalServerError) }
        }
        try await withListener(ListenerSettings(tls: Fixture.tls()), face) { port in
            try await withClient(http1Only: http1Only) { client in
                for (size, status) in [(1001, 413), (1_000_000, 413), (1000, 200)] {
                    var request = HTTPClientRequest(url: "https://localhost:\(port)/")
                    request.method = .PUT
                    request.body = .bytes(ByteBuffer(repeating: 1, count: size))
                    let response = try await client.execute(request, timeout: .seconds(50))
                    #expect(response.status.code == status)
                    #expect(String(buffer: try await response.body.collect(upTo: 100)) == "1000")
                }
            }
        }
    }

    @Test("a port that is taken is an error for whoever waits for the listener")
    func portTaken() async throws {
        try await withListener(ListenerSettings(), echo) { port in
            await #expect(throws: IOError.self) {
                try await withListener(ListenerSettings(port: port), echo) { _ in }
            }
        }
    }

    @Test("a certificate is seen in either HTTP version, and only one that our root signed", arguments: [true, false])
    func certificates(http1Only: Bool) async throws {
        let face = Face { Response(status: .ok, body: .bytes($0.peerCertificate ?? Array("none".utf8))) }
        try await withListener(ListenerSettings(tls: Fixture.tls()), face) { port in
            let url = "https://localhost:\(port)/"
            try await withClient(certificate: "client", http1Only: http1Only) { client in
                let answer = try await client.get(url).body.collect(upTo: 10_000)
                #expect(String(decoding: answer.readableBytesView, as: UTF8.self).contains("alice"))
            }
            try await withClient(http1Only: http1Only) { client in
                let answer = try await client.text(url)
                #expect(answer == "none")
            }
            // The client tries again until its time is over.
            try await withClient(
                certificate: "stranger", http1Only: http1Only, connectTimeout: .seconds(3)
            ) { client in
                await #expect(throws: (any Error).self) { try await client.get(url) }
            }
        }
    }
}
