// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RESTClient
import Testing

@Suite("HTTP transport", .timeLimit(.minutes(1)))
struct HTTPTransportTests {
    private static let ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-a: b\r\n\r\nhi"

    private func code(of request: RESTRequest, by transport: HTTPTransport) async -> RESTError.Code? {
        do {
            _ = try await transport.send(request)
            return nil
        } catch {
            return (error as? RESTError)?.code
        }
    }

    @Test("a request and its answer arrive whole")
    func exchange() async throws {
        let server = try await ScriptedServer.start([.write(Self.ok)])
        let request = RESTRequest(
            .post, "http://127.0.0.1:\(server.port)/a?b=c", headers: [.authorization: "x"], body: Array("{}".utf8))
        let answer = try await HTTPTransport().send(request)
        #expect(answer.status == 200)
        #expect(answer.body == Array("hi".utf8))
        #expect(HTTPField.Name("x-a").flatMap { answer.headers[$0] } == "b")
        let head = try #require(server.requests.first)
        #expect(head.hasPrefix("POST /a?b=c HTTP/1.1\r\n"))
        #expect(head.lowercased().contains("authorization: x\r\n"))
        #expect(head.lowercased().contains("content-length: 2\r\n"))
    }

    @Test("a redirect is an answer and is not followed")
    func redirect() async throws {
        let server = try await ScriptedServer.start(
            [.write("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n")])
        let answer = try await HTTPTransport().send(RESTRequest(.get, "http://127.0.0.1:\(server.port)/"))
        #expect(answer.status == 302)
    }

    @Test("a refused connection was not sent")
    func refused() async throws {
        #expect(await code(of: RESTRequest(.get, "http://127.0.0.1:1/"), by: try HTTPTransport()) == .notSent)
    }

    @Test("an address that is none was not sent", arguments: ["", "nonsense", "ftp://a.example/", "http:///x"])
    func address(_ url: String) async throws {
        let code = await code(of: RESTRequest(.get, url), by: try HTTPTransport())
        #expect(code == .notSent)
    }

    @Test(
        "a connection that breaks before the answer's end is lost",
        arguments: ["", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhi"])
    func broken(_ start: String) async throws {
        let server = try await ScriptedServer.start([.write(start), .close])
        let code = await code(of: RESTRequest(.get, "http://127.0.0.1:\(server.port)/"), by: try HTTPTransport())
        #expect(code == .lost)
    }

    @Test("the deadline is for the whole answer", arguments: ["", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhi"])
    func deadline(_ start: String) async throws {
        let server = try await ScriptedServer.start([.write(start), .hang])
        let request = RESTRequest(.get, "http://127.0.0.1:\(server.port)/", deadline: .milliseconds(200))
        #expect(await code(of: request, by: try HTTPTransport()) == .lost)
    }

    @Test("an answer beyond the limit is not read")
    func tooLarge() async throws {
        let server = try await ScriptedServer.start([.write(Self.ok)])
        let transport = try HTTPTransport(.init(answerLimit: 1))
        #expect(await code(of: RESTRequest(.get, "http://127.0.0.1:\(server.port)/"), by: transport) == .tooLarge)
    }

    @Test("cancellation stays cancellation")
    func cancellation() async throws {
        let server = try await ScriptedServer.start([.hang])
        let transport = try HTTPTransport()
        let task = Task { try await transport.send(RESTRequest(.get, "http://127.0.0.1:\(server.port)/")) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a stream gives its head at once, its chunks as they come, and says when it breaks")
    func stream() async throws {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
        let server = try await ScriptedServer.start([.write(head + "3\r\none\r\n"), .close])
        let (answer, chunks) = try await HTTPTransport().stream(RESTRequest(.get, "http://127.0.0.1:\(server.port)/"))
        #expect(answer.status == 200)
        var read: [UInt8] = []
        await #expect(throws: RESTError.self) { for try await chunk in chunks { read += chunk } }
        #expect(read == Array("one".utf8))
    }

    struct TrustCase: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var roots: Trust.Roots
        var accepted: Bool
    }

    static let trustCases = [
        TrustCase(testDescription: "the system's roots do not know it", roots: .system, accepted: false),
        TrustCase(testDescription: "an extra root", roots: .systemAnd(pem: TestCertificate.pem), accepted: true),
        TrustCase(testDescription: "the only root", roots: .only(pem: TestCertificate.pem), accepted: true),
        TrustCase(
            testDescription: "the pinned certificate", roots: .pinned(sha256: (try? TestCertificate.fingerprint) ?? []),
            accepted: true),
        TrustCase(
            testDescription: "another pinned one", roots: .pinned(sha256: Array(repeating: 0, count: 32)),
            accepted: false),
        TrustCase(testDescription: "anything", roots: .anything, accepted: true),
    ]

    @Test("a server is believed as the trust says, and not sent to otherwise", arguments: trustCases)
    func trust(_ given: TrustCase) async throws {
        let server = try await ScriptedServer.start([.write(Self.ok)], tls: TestCertificate.serverContext())
        let transport = try HTTPTransport(.init(trust: Trust(given.roots)))
        let code = await code(of: RESTRequest(.get, "https://127.0.0.1:\(server.port)/"), by: transport)
        #expect(code == (given.accepted ? nil : .notSent))
        #expect(server.requests.isEmpty != given.accepted)
    }

    @Test(
        "messages name an origin and nothing that could be secret",
        arguments: [
            ("http://u:p@a.example:80/x?token=1", "http://a.example:80"), ("https://a.example?x", "https://a.example"),
        ])
    func origin(url: String, expected: String) {
        #expect(RESTRequest(.get, url).origin == expected)
    }
}
