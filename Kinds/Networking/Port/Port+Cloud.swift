// SPDX-License-Identifier: Apache-2.0

import JSONTree
import OpenStack
import SiteKinds

/// The calls that a port needs at its site.
struct PortCloud: Sendable {
    var port: @Sendable (ProjectAtSite, String) async throws -> Neutron.Port
    var ports: @Sendable (ProjectAtSite, Query) async throws -> [Neutron.Port]
    var createPort: @Sendable (ProjectAtSite, Neutron.NewPort, JSONObject) async throws -> Neutron.Port
    var updatePort: @Sendable (ProjectAtSite, String, JSON) async throws -> Neutron.Port
    var deletePort: @Sendable (ProjectAtSite, String) async throws -> Void
}

extension PortCloud {
    /// The calls as the real services answer them.
    static func live(_ clouds: CloudDirectory) -> PortCloud {
        PortCloud(
            port: { try await clouds.project($0).neutron.port($1) },
            ports: { try await clouds.project($0).neutron.ports($1) },
            createPort: { try await clouds.project($0).neutron.createPort($1, native: $2) },
            updatePort: { try await clouds.project($0).neutron.updatePort($1, $2) },
            deletePort: { try await clouds.project($0).neutron.deletePort($1) })
    }
}
