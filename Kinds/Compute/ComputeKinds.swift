// SPDX-License-Identifier: Apache-2.0

import Clients
import Reconciling
package import Schemas
package import ServiceLifecycle
package import SiteKinds

/// The kinds of computing: servers, and the keys that let people into them.
package enum ComputeKinds {
    /// All of them.
    package static let kinds: [Kind] = [SSHKey.kind, VirtualMachine.kind]

    /// What keeps the objects of these kinds as they say.
    package static func controllers(_ environment: KindEnvironment) -> [any Service] {
        [
            environment.controller(.sshKey, refersTo: [.project]) { client in
                SSHKeyReconciler(cloud: .live(environment.clouds), client: client)
            },
            environment.controller(
                .virtualMachine,
                refersTo: [.site, .project, .network, .port, .securityGroup, .sshKey, .secret, .volume],
                owns: [.port]
            ) { client in
                VirtualMachineReconciler(cloud: .live(environment.clouds), client: client)
            },
        ]
    }
}
