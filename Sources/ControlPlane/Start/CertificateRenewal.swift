// SPDX-License-Identifier: Apache-2.0

import Clients
import Logging
import Login
import Observing
import ServiceLifecycle

/// Issues a certificate anew in the last third of its life, without a restart.
struct CertificateRenewal: Service {
    /// For the log: `the server's certificate`.
    let name: String
    /// Of the certificate in use at the start.
    let period: CertificatePeriod
    let time: Timekeeper
    let logger: Logger
    /// Issues another one and puts it in place.
    let issue: @Sendable () throws -> CertificatePeriod

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var period = period
            // By the hour, so that neither a clock that was set nor a machine that slept is noticed too late.
            while (try? await time.sleep(for: .seconds(3600))) != nil {
                guard period.needsRenewal(at: time.wall()) else { continue }
                do {
                    period = try issue()
                    logger.notice("\(name) was renewed")
                } catch {
                    logger.error(
                        "\(name) cannot be renewed and is tried again in an hour",
                        metadata: [LogKey.error: "\(error)"])
                }
            }
        }
    }
}
