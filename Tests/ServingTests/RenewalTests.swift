// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import Serving
import Testing

@Suite("A renewed certificate", .timeLimit(.minutes(1)))
struct RenewalTests {
    private let face = Face { _ in Response(status: .ok, body: .bytes(Array("hello".utf8))) }

    @Test("new connections see the new certificate, open ones go on, and a bad one changes nothing")
    func renews() async throws {
        let listener = Listener(ListenerSettings(tls: try Fixture.tls()), handler: face)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            let url = "https://localhost:\(try await listener.boundPort())/"
            try await withClient(http1Only: true) { early in
                #expect(try await early.get(url: url).get().status == .ok)
                var damaged = try Fixture.tls()
                damaged.privateKey = "nonsense"
                #expect(throws: (any Error).self) { try listener.renew(damaged) }
                try await withClient { other in
                    let status = try await other.get(url: url).get().status
                    #expect(status == .ok)
                }

                // Of another root, which our clients do not believe.
                try listener.renew(
                    ListenerSettings.TLS(
                        certificates: try Fixture.text("stranger.pem"), privateKey: try Fixture.text("stranger-key.pem")
                    ))
                try await withClient { late in
                    await #expect(throws: (any Error).self) { try await late.get(url: url).get() }
                }
                #expect(try await early.get(url: url).get().status == .ok)
            }
            group.cancelAll()
        }
    }
}
