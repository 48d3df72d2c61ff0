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
    package static let kinds: [Kind] = [
        FloatingIP.kind, Network.kind, Port.kind, Router.kind, SecurityGroup.kind,
    ]

    /// What keeps the objects of these kinds as they say.
    package static func controllers(_ environment: KindEnvironment) -> [any Service] {
        let ports = DeletionGuard(.port, references: PortReconciler.references)
        // Groups that name each other go together: the site removes the rules of both.
        let groups = DeletionGuard(.securityGroup) {
            $0.isDeleting ? [] : SecurityGroupReconciler.groupReferences(of: $0)
        }
        let routers = DeletionGuard(.router, references: RouterReconciler.references)
        let boundToPorts = DeletionGuard(.floatingIP, references: FloatingIPReconciler.portReferences)
        let ledByRouters = DeletionGuard(.floatingIP, references: FloatingIPReconciler.routerReferences)
        return [
            environment.controller(.floatingIP, refersTo: [.site, .project, .port, .virtualMachine]) { client in
                FloatingIPReconciler(cloud: .live(environment.clouds), client: client)
            },
            environment.controller(.network, refersTo: [.site, .project], guards: [ports, routers]) { client in
                NetworkReconciler(cloud: .live(environment.clouds), client: client)
            },
            environment.controller(.port, refersTo: [.network, .securityGroup], guards: [boundToPorts]) { client in
                PortReconciler(cloud: .live(environment.clouds), client: client)
            },
            environment.controller(.router, refersTo: [.site, .project, .network], guards: [ledByRouters]) { client in
                RouterReconciler(cloud: .live(environment.clouds), client: client)
            },
            environment.controller(
                .securityGroup, refersTo: [.site, .project, .securityGroup], guards: [ports, groups]
            ) { client in
                SecurityGroupReconciler(cloud: .live(environment.clouds), client: client)
            },
        ]
    }
}
