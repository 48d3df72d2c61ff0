// SPDX-License-Identifier: Apache-2.0

import Clients
import CoreKinds
import Logging
import ManagementKinds
import NetworkingKinds
import OpenStack
import Resources
import Schemas
import ServiceLifecycle
import SiteKinds

/// All kinds and all controllers stand here, a line a group.
extension Engine {
    static func kinds(_ services: CoreKinds.Services) -> [Kind] {
        CoreKinds.all(services) + ManagementKinds.kinds + NetworkingKinds.kinds
    }

    func controllers(clouds: CloudDirectory, time: Timekeeper, logger: Logger) -> [any Service] {
        let environment = KindEnvironment(
            client: { client($0) }, informers: informers, clouds: clouds, time: time)
        return core(time: time, logger: logger) + ManagementKinds.controllers(environment)
            + NetworkingKinds.controllers(environment)
    }

    private func core(time: Timekeeper, logger: Logger) -> [any Service] {
        let stored = registry.kinds.filter { kind in
            guard case .stored = kind.form else { return false }
            return kind.tenancy == .organization
        }
        let environment = CoreControllers.Environment(
            client: { client($0) }, informers: informers, types: stored.map(\.type), organizationType: .organization,
            time: time
        ) { name, error in
            logger.warning("a pass failed and is retried", metadata: ["controller": "\(name)", "error": "\(error)"])
        }
        return CoreControllers(environment).services()
    }
}
