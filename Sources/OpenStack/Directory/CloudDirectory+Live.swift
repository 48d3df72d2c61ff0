// SPDX-License-Identifier: Apache-2.0

package import Logging
import RESTClient

extension CloudDirectory {
    /// The directory of a running control plane: real connections, safe retries, and a breaker for each site.
    package static func live(logger: Logger) -> CloudDirectory {
        CloudDirectory { site, trust in
            let network = try HTTPTransport(.init(trust: trust))
            let logging = LoggingTransport(network, peer: site, logger: logger)
            return RetryingTransport(BreakingTransport(logging))
        }
    }
}
