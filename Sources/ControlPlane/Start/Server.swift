// SPDX-License-Identifier: Apache-2.0

import Clients
import Foundation
import Logging
import Login
import Resources
import ServiceLifecycle
import UnixSignals

/// Runs a control plane as a process: logs, signals, and what it begins with.
package enum Server {
    /// What a server puts in its store at the start.
    package enum Beginning: Hashable, Sendable {
        case empty
        /// Two simulated sites and an organization.
        case demo
        /// The entry of that name in the user's clouds.yaml.
        case siteCloud(String)
    }

    /// Runs until SIGTERM or SIGINT, then drains; throws what kept the server from starting.
    package static func run(_ settings: Settings, _ beginning: Beginning) async throws {
        let logger = Process.begin(settings)
        let plane = try await ControlPlane(settings, logger: logger)
        let start = Start(plane: plane, beginning: beginning, logger: logger)
        let services = plane.services + start.services() + [start]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "scs.lifecycle") { _ in SwiftLogNoOpLogHandler() }))
        do {
            try await group.run()
        } catch {
            try? await plane.close()
            throw error
        }
        try await plane.close()
        logger.notice("ended")
    }
}
