// SPDX-License-Identifier: Apache-2.0

import Clients
import Logging
import Resources
import ServiceLifecycle
import SiteKinds
import Stores

@testable import ControlPlane
@testable import CoreKinds

extension ControlPlane {
    /// What makes a definition a served kind.
    func definitionService() -> any Service { coreControllers.definitions() }

    /// What puts the roles in place that every server has.
    func seedService() -> any Service { coreControllers.seeds() }

    var quietLogger: Logger { Logger(label: "replay") { _ in SwiftLogNoOpLogHandler() } }

    private var coreControllers: CoreControllers {
        CoreControllers(
            CoreControllers.Environment(
                client: { engine.client($0) }, informers: engine.informers, types: [], book: engine.book,
                withdrawn: { engine.cache.endWatches(of: $0, in: $1) }, organizationType: .organization,
                report: { _, _ in }))
    }
}
