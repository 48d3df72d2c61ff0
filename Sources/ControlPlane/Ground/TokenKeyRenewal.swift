// SPDX-License-Identifier: Apache-2.0

import Clients
import Logging
import Observing
import ServiceLifecycle

/// Looks every few minutes whether another key signs the tokens of service accounts.
struct TokenKeyRenewal: Service {
    let keys: TokenKeyRing
    let time: Timekeeper
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await time.sleep(for: .seconds(240))) != nil {
                do { try await keys.renew() } catch is CancellationError { return } catch {
                    logger.warning(
                        "the keys of service-account tokens cannot be read; it is tried again",
                        metadata: [LogKey.error: "\(error)"])
                }
            }
        }
    }
}
