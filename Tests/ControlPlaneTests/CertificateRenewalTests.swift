// SPDX-License-Identifier: Apache-2.0

import Clients
import Logging
import Login
import ServiceLifecycle
import Synchronization
import TestTime
import Testing

@testable import ControlPlane

@Suite("Renewal of certificates", .timeLimit(.minutes(1)))
struct CertificateRenewalTests {
    @Test("a certificate is renewed in the last third of its life, each time anew, and a failure is tried again")
    func renews() async throws {
        let clock = TestClock()
        let time = Timekeeper(clock)
        let authority = try CertificateAuthority(name: "test", now: time.wall())
        let issued = Mutex(0)
        let first = try authority.serverCertificate(now: time.wall()).period
        let renewal = CertificateRenewal(name: "it", period: first, time: time, logger: Logger(label: "test")) {
            let number = issued.withLock { number in
                number += 1
                return number
            }
            if number == 1 { throw CancellationError() }
            return try authority.serverCertificate(now: time.wall()).period
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await renewal.run() }
            try await step(clock, hours: 240 * 24)
            #expect(issued.withLock { $0 } == 0)
            try await step(clock, hours: 4 * 24)
            #expect(issued.withLock { $0 } == 2)
            try await step(clock, hours: 240 * 24)
            #expect(issued.withLock { $0 } == 2)
            try await step(clock, hours: 5 * 24)
            #expect(issued.withLock { $0 } == 3)
            group.cancelAll()
        }
    }

    private func step(_ clock: TestClock, hours: Int) async throws {
        for _ in 0..<hours {
            try await eventually("a sleeper") { clock.sleeperCount == 1 }
            clock.advance(by: .seconds(3600))
        }
        try await eventually("a sleeper") { clock.sleeperCount == 1 }
    }
}
