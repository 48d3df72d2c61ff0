// SPDX-License-Identifier: Apache-2.0

import Clients
import Reconciling
package import Schemas
package import ServiceLifecycle
package import SiteKinds

/// The kinds of networking: what servers are plugged into, and who may talk to them.
package enum NetworkingKinds {
    /// All of them.
    package static let kinds: [Kind] = [Network.kind]

    /// What keeps the objects of these kinds as they say.
    package static func controllers(_ environment: KindEnvironment) -> [any Service] {
        [
            environment.controller(.network, refersTo: [.site, .project]) { client in
                NetworkReconciler(cloud: .live(environment.clouds), client: client)
            }
        ]
    }
}
