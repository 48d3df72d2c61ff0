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
        let report = report(logger)
        return core(time: time, report) + ManagementKinds.controllers(environment, types: storedTypes, report: report)
            + NetworkingKinds.controllers(environment)
    }

    /// All kinds that organizations keep in the store.
    private var storedTypes: [ResourceType] {
        let stored = registry.kinds.filter { kind in
            guard case .stored = kind.form else { return false }
            return kind.tenancy == .organization
        }
        return stored.map(\.type)
    }

    private func report(_ logger: Logger) -> @Sendable (String, any Error) -> Void {
        { name, error in
            logger.warning("a pass failed and is retried", metadata: ["controller": "\(name)", "error": "\(error)"])
        }
    }

    private func core(time: Timekeeper, _ report: @escaping @Sendable (String, any Error) -> Void) -> [any Service] {
        let environment = CoreControllers.Environment(
            client: { client($0) }, informers: informers, types: storedTypes, organizationType: .organization,
            time: time, report: report)
        return CoreControllers(environment).services()
    }
}
