// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import SiteKinds

/// The calls that a snapshot needs at its site.
struct VolumeSnapshotCloud: Sendable {
    var snapshot: @Sendable (ProjectAtSite, String) async throws -> Cinder.Snapshot
    var snapshots: @Sendable (ProjectAtSite, Query) async throws -> [Cinder.Snapshot]
    var createSnapshot: @Sendable (ProjectAtSite, Cinder.NewSnapshot) async throws -> Cinder.Snapshot
    var updateSnapshot: @Sendable (ProjectAtSite, String, JSON) async throws -> Cinder.Snapshot
    var setMetadata: @Sendable (ProjectAtSite, String, [String: String]) async throws -> Void
    var deleteSnapshot: @Sendable (ProjectAtSite, String) async throws -> Void
}

extension VolumeSnapshotCloud {
    /// The calls as the real services answer them.
    static func live(_ clouds: CloudDirectory) -> VolumeSnapshotCloud {
        VolumeSnapshotCloud(
            snapshot: { try await clouds.project($0).cinder.snapshot($1) },
            snapshots: { try await clouds.project($0).cinder.snapshots($1) },
            createSnapshot: { try await clouds.project($0).cinder.createSnapshot($1) },
            updateSnapshot: { try await clouds.project($0).cinder.updateSnapshot($1, $2) },
            setMetadata: { try await clouds.project($0).cinder.setMetadata($2, ofSnapshot: $1) },
            deleteSnapshot: { try await clouds.project($0).cinder.deleteSnapshot($1) })
    }
}
