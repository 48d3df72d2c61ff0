// SPDX-License-Identifier: Apache-2.0

package import Logging
import RESTClient

extension CloudDirectory {
    /// Real connections, of each site its own, with safe retries, a breaker, and a debug line for each exchange.
    package static func network(logger: Logger = Logger(label: "scs.openstack")) -> MakeTransport {
        { site, trust in
            let logging = LoggingTransport(try HTTPTransport(.init(trust: trust)), peer: site, logger: logger)
            return RetryingTransport(BreakingTransport(logging))
        }
    }
}
