// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import SiteKinds

/// The calls that a volume needs at its site.
struct VolumeCloud: Sendable {
    var volume: @Sendable (ProjectAtSite, String) async throws -> Cinder.Volume
    var volumes: @Sendable (ProjectAtSite, Query) async throws -> [Cinder.Volume]
    var createVolume: @Sendable (ProjectAtSite, Cinder.NewVolume) async throws -> Cinder.Volume
    var updateVolume: @Sendable (ProjectAtSite, String, JSON) async throws -> Cinder.Volume
    var setMetadata: @Sendable (ProjectAtSite, String, [String: String]) async throws -> Void
    var extendVolume: @Sendable (ProjectAtSite, String, Int) async throws -> Void
    var retypeVolume: @Sendable (ProjectAtSite, String, String) async throws -> Void
    var setBootable: @Sendable (ProjectAtSite, String, Bool) async throws -> Void
    var deleteVolume: @Sendable (ProjectAtSite, String) async throws -> Void
}

extension VolumeCloud {
    /// The calls as the real services answer them.
    static func live(_ clouds: CloudDirectory) -> VolumeCloud {
        VolumeCloud(
            volume: { try await clouds.project($0).cinder.volume($1) },
            volumes: { try await clouds.project($0).cinder.volumes($1) },
            createVolume: { try await clouds.project($0).cinder.createVolume($1) },
            updateVolume: { try await clouds.project($0).cinder.updateVolume($1, $2) },
            setMetadata: { try await clouds.project($0).cinder.setMetadata($2, ofVolume: $1) },
            extendVolume: { try await clouds.project($0).cinder.extendVolume($1, to: $2) },
            retypeVolume: { try await clouds.project($0).cinder.retypeVolume($1, to: $2) },
            setBootable: { try await clouds.project($0).cinder.setBootable($2, ofVolume: $1) },
            deleteVolume: { try await clouds.project($0).cinder.deleteVolume($1) })
    }
}
