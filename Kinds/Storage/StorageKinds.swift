// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Reconciling
import Resources
package import Schemas
package import ServiceLifecycle
package import SiteKinds

/// The kinds of storage: disks that outlive servers, and what they held at a moment.
package enum StorageKinds {
    /// All of them.
    package static let kinds: [Kind] = [Volume.kind, VolumeSnapshot.kind]

    /// What keeps the objects of these kinds as they say.
    package static func controllers(_ environment: KindEnvironment) -> [any Service] {
        let volumes = DeletionGuard(.volume, references: VolumeReconciler.sourceReferences)
        let snapshots = DeletionGuard(.volumeSnapshot, references: VolumeSnapshotReconciler.references)
        return [
            environment.controller(
                .volume, refersTo: [.site, .project, .volume, .volumeSnapshot],
                guards: [DeletionGuard(.virtualMachine, references: volumesOfMachine), snapshots, volumes]
            ) { client in
                VolumeReconciler(cloud: .live(environment.clouds), client: client)
            },
            environment.controller(.volumeSnapshot, refersTo: [.volume], guards: [volumes]) { client in
                VolumeSnapshotReconciler(cloud: .live(environment.clouds), client: client)
            },
        ]
    }

    /// The Volumes that a VirtualMachine has or is to have.
    private static func volumesOfMachine(_ machine: Object) -> [Reference] {
        (machine.spec?["volumes"]?.array ?? []).enumerated().compactMap { index, volume in
            volume["name"]?.string.map {
                SitedKind.reference("spec.volumes[\(index)].name", .volume, named: $0, of: machine)
            }
        }
    }
}
