// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import Testing

@testable import Serving

@Suite("gzip", .timeLimit(.minutes(1)))
struct GzipTests {
    private static let text = Array((0..<40_000).map { "line \($0 % 977)\n" }.joined().utf8)

    private static let face = Face { request in
        var answer = Response(status: .ok)
        switch request.path {
        case "/small": answer.body = .bytes(Array(text.prefix(Response.gzipThreshold)))
        case "/large": answer.body = .bytes(text)
        default:
            answer.body = .stream { writer in
                for start in stride(from: 0, to: text.count, by: 70_000) {
                    try await writer.write(Array(text[start..<min(start + 70_000, text.count)]))
                }
            }
        }
        answer.mayBeCompressed = request.path != "/watch"
        return answer
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var path: String
        var accepts: String
        var isCompressed: Bool
        var testDescription: String { "\(path), \(accepts)" }
    }

    static let cases = [
        Case(path: "/large", accepts: "gzip", isCompressed: true),
        Case(path: "/large", accepts: "deflate, GZIP;q=0.5", isCompressed: true),
        Case(path: "/large", accepts: "gzip;q=0", isCompressed: false),
        Case(path: "/large", accepts: "identity", isCompressed: false),
        Case(path: "/small", accepts: "gzip", isCompressed: false),
        Case(path: "/list", accepts: "gzip", isCompressed: true),
        Case(path: "/list", accepts: "br", isCompressed: false),
        Case(path: "/watch", accepts: "gzip", isCompressed: false),
    ]

    @Test("a large answer is compressed for who reads gzip, and says the same", arguments: cases)
    func answers(_ given: Case) async throws {
        try await withListener(ListenerSettings(), Self.face) { port in
            var configuration = HTTPClient.Configuration()
            configuration.decompression = .enabled(limit: .none)
            let client = HTTPClient(configuration: configuration)
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(given.path)")
            request.headers.add(name: "accept-encoding", value: given.accepts)
            let response = try await client.execute(request, timeout: .seconds(30))
            #expect(response.headers["content-encoding"] == (given.isCompressed ? ["gzip"] : []))
            let wantsVary = given.path == "/large" || given.path == "/list"
            #expect(response.headers["vary"] == (wantsVary ? ["Accept-Encoding"] : []))
            let body = try await response.body.collect(upTo: 1 << 20)
            let expected = given.path == "/small" ? Array(Self.text.prefix(Response.gzipThreshold)) : Self.text
            #expect(Array(body.readableBytesView) == expected)
            try await client.shutdown()
        }
    }

    @Test("what is written in many pieces is one small gzip")
    func pieces() throws {
        var gzip = try Gzip()
        var output: [UInt8] = []
        for _ in 0..<100 { output += try gzip.compress(Self.text, isLast: false) }
        output += try gzip.compress([], isLast: true)
        #expect(output.starts(with: [0x1f, 0x8b]))
        #expect(output.count * 5 < Self.text.count * 100)
    }
}
