// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import HTTPTypes
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
import Serving
import Synchronization
import Testing

/// A face made of one closure.
struct Face: RequestHandler {
    let answer: @Sendable (Request) async -> Response

    init(_ answer: @escaping @Sendable (Request) async -> Response) { self.answer = answer }

    func respond(to request: Request) async -> Response { await answer(request) }
}

/// Runs a listener while the body runs.
func withListener(
    _ settings: ListenerSettings = ListenerSettings(), _ handler: some RequestHandler,
    body: @Sendable (_ port: Int) async throws -> Void
) async throws {
    let listener = Listener(settings, handler: handler)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await listener.run() }
        try await body(try await listener.boundPort())
        group.cancelAll()
    }
}

enum Fixture {
    static func text(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    static func tls() throws -> ListenerSettings.TLS {
        ListenerSettings.TLS(
            certificates: try text("server.pem"), privateKey: try text("server-key.pem"),
            clientRoots: try text("root.pem"))
    }
}

/// Runs a client, over TLS with our root, and with a certificate when one is named.
func withClient(
    certificate name: String? = nil, http1Only: Bool = false, connectTimeout: TimeAmount = .seconds(30),
    body: @Sendable (HTTPClient) async throws -> Void
) async throws {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(try Fixture.text("root.pem").utf8)))
    if let name {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(try Fixture.text("\(name).pem").utf8))
        tls.certificateChain = chain.map { .certificate($0) }
        let key = Array(try Fixture.text("\(name)-key.pem").utf8)
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem))
    }
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
    configuration.httpVersion = http1Only ? .http1Only : .automatic
    configuration.timeout.connect = connectTimeout
    let client = HTTPClient(configuration: configuration)
    do {
        try await body(client)
        try await client.shutdown()
    } catch {
        try await client.shutdown()
        throw error
    }
}

extension HTTPClient {
    func get(_ url: String) async throws -> HTTPClientResponse {
        try await execute(HTTPClientRequest(url: url), timeout: .seconds(30))
    }

    func text(_ url: String) async throws -> String {
        String(buffer: try await get(url).body.collect(upTo: 1 << 20))
    }
}

/// Waits until the condition holds; an issue when it does not within the deadline.
func eventually(
    _ deadline: Duration = .seconds(45), at location: SourceLocation = #_sourceLocation,
    _ condition: @Sendable () -> Bool
) async throws {
    let end = ContinuousClock.now + deadline
    while ContinuousClock.now < end {
        if condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    #expect(condition(), "not within \(deadline)", sourceLocation: location)
}

final class Counter: Sendable {
    private let state = Mutex(0)
    var value: Int { state.withLock { $0 } }
    func add(_ amount: Int = 1) { state.withLock { $0 += amount } }
}
