// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Looks names up as the machine does.
package enum HostLookup {
    /// A name that leads nowhere.
    package struct NoAddress: Error {}

    /// The address that a connection to a name would be tried at first; an address is its own.
    ///
    /// To be asked once: a second answer may be another one.
    @Sendable package static func address(of host: String, port: Int) async throws -> String {
        let address = try await NIOThreadPool.singleton.runIfActive {
            try SocketAddress.makeAddressResolvingHost(host, port: port)
        }
        guard let text = address.ipAddress else { throw NoAddress() }
        return text
    }
}
