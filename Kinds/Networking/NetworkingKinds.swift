// SPDX-License-Identifier: Apache-2.0

import Clients
import Reconciling
import Resources
package import Schemas
package import ServiceLifecycle
package import SiteKinds

/// The kinds of networking: what servers are plugged into, and who may talk to them.
package enum NetworkingKinds {
    /// All of them.
    package static let kinds: [Kind] = [Network.kind, Port.kind, SecurityGroup.kind]

    /// What keeps the objects of these kinds as they say.
    package static func controllers(_ environment: KindEnvironment) -> [any Service] {
        let ports = DeletionGuard(.port, references: PortReconciler.references)
        // Groups that name each other go together: the site removes the rules of both.
        let groups = DeletionGuard(.securityGroup) {
            $0.isDeleting ? [] : SecurityGroupReconciler.groupReferences(of: $0)
        }
        return [
            environment.controller(.network, refersTo: [.site, .project], guards: [ports]) { client in
                NetworkReconciler(cloud: .live(environment.clouds), client: client)
            },
            environment.controller(.port, refersTo: [.network, .securityGroup]) { client in
                PortReconciler(cloud: .live(environment.clouds), client: client)
            },
            environment.controller(
                .securityGroup, refersTo: [.site, .project, .securityGroup], guards: [ports, groups]
            ) { client in
                SecurityGroupReconciler(cloud: .live(environment.clouds), client: client)
            },
        ]
    }
}
