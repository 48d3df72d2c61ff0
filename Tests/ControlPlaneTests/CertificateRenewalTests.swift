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
            for (pause, issues) in [(day * 240, 0), (day * 4, 1), (hour, 2), (day * 240, 2), (day * 5, 3)] {
                try await pass(pause, on: clock)
                #expect(issued.withLock { $0 } == issues)
            }
            group.cancelAll()
        }
    }

    private let hour = Duration.seconds(3600)
    private var day: Duration { hour * 24 }

    private func pass(_ pause: Duration, on clock: TestClock) async throws {
        try await eventually("a sleeper") { clock.sleeperCount == 1 }
        clock.advance(by: pause)
        try await eventually("a sleeper again") { clock.sleeperCount == 1 }
    }
}
