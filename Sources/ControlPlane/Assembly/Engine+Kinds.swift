// SPDX-License-Identifier: Apache-2.0

import Clients
import ComputeKinds
import CoreKinds
import Logging
import ManagementKinds
import NetworkingKinds
import Observing
import OpenStack
import Resources
import Schemas
import ServiceLifecycle
import SiteKinds

/// All kinds and all controllers stand here, a line a group.
extension Engine {
    static func kinds(_ services: CoreKinds.Services) -> [Kind] { CoreKinds.all(services) + Definitions.kinds }

    func controllers(clouds: CloudDirectory, time: Timekeeper, logger: Logger) -> [any Service] {
        let environment = KindEnvironment(
            client: { client($0) }, informers: informers, clouds: clouds, time: time)
        let types = organizationTypes
        let report: @Sendable (String, any Error) -> Void = { name, error in
            logger.warning(
                "a pass failed and is retried", metadata: [LogKey.controllerName: "\(name)", LogKey.error: "\(error)"])
        }
        let core = CoreControllers.Environment(
            client: { client($0) }, informers: informers, types: types, organizationType: .organization, time: time,
            report: report)
        return CoreControllers(core).services()
            + ManagementKinds.controllers(environment, types: types, report: report)
            + NetworkingKinds.controllers(environment) + ComputeKinds.controllers(environment)
    }

    /// All kinds that organizations keep in the store.
    private var organizationTypes: [ResourceType] {
        registry.kinds.compactMap { kind in
            guard case .stored = kind.form, kind.tenancy == .organization else { return nil }
            return kind.type
        }
    }
}
